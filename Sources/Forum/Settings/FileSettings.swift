extension SettingDefinition {
    /// Uploads, backups and badges.
    static let files: [SettingDefinition] = [
        .text(
            "authorized_extensions",
            \.authorizedExtensions,
            maximum: 1000,
            "Kinds of files that may be sent, with | between them; * is any."
        ),
        .number(
            "max_image_size_kb",
            \.maxImageSizeKb,
            1...10_240,
            "Largest picture, in kilobytes."
        ),
        .number(
            "max_attachment_size_kb",
            \.maxAttachmentSizeKb,
            1...10_240,
            "Largest other file, in kilobytes."
        ),
        .flag(
            "enable_direct_s3_uploads",
            \.enableDirectS3Uploads,
            "Files may also be put in parts at addresses that the server signs."
        ),
        .flag("clean_up_uploads", \.cleanUpUploads, "Remove files that nothing refers to."),
        .number(
            "clean_orphan_uploads_grace_period_hours",
            \.cleanOrphanUploadsGracePeriodHours,
            1...8760,
            "Hours after which a file that nothing refers to is removed."
        ),
        .number("maximum_backups", \.maximumBackups, 1...1000, "How many backups are kept."),
        .flag(
            "allow_restore",
            \.allowRestore,
            "Let administrators replace everything by a backup, over the web."
        ),
        .flag("enable_badges", \.enableBadges, "Grant badges and show them."),
    ]
}
