import Cryptography
import Postgres

/// The mail that brings the link to a backup.
enum BackupEmail {
    /// Discourse's name for it; it stands in the queue.
    static let type = "download_backup_mailer"
}

extension Community {
    /// Mails an administrator a link with which they can fetch a backup once.
    ///
    /// - Throws: `.notFound`, `.invalid` for somebody without an address.
    package func mailBackupLink(_ filename: String, by principal: Principal) async throws {
        let permitted = try principal.may(.handleBackups, BackupAdministration())
        let backup = try await backup(filename)
        let queued: OutgoingEmailID? = try await database.value(
            BackupQueries.queueLink(permitted, filename: backup.filename)
        )
        guard queued != nil else {
            throw ForumError(.invalid, "There is no address to send the link to.")
        }
        signals.mailQueued()
    }

    /// The secret of the link is made when the mail is written: it stands nowhere else.
    func decideBackupLink(_ email: OutgoingEmail) async throws -> NotificationEmailDecision {
        let filename: String? = try await database.value(BackupQueries.filename(of: email.id))
        guard let id = email.userID, let principal = try await principal(for: id),
            principal.isAdmin, let filename
        else { return .skip("the user may not have it") }
        let token = Random.hex(24)
        _ = try await database.batch(
            BackupQueries.keepToken(
                Digest.sha256(token),
                filename: filename,
                user: id,
                until: clock() + Limits.backupTokenSeconds
            )
        )
        let title = settings.current.title
        let words = try await words(for: id)
        return .notice(
            NoticeEmail(
                recipientName: principal.username,
                subject: words(.noticeSubject, subjectPrefix, words(.backupSubject)),
                paragraphs: [words(.backupOpen, title)],
                link: "\(baseURL)/admin/backups/\(filename)?token=\(token)",
                closing: [words(.backupClosing)]
            )
        )
    }

    /// Where a backup stands, for whoever brings the secret of a link that was sent to them; it is
    /// used up by that.
    ///
    /// - Throws: `.notFound`.
    package func fetchBackup(
        _ filename: String,
        token: String,
        by principal: Principal
    ) async throws -> (backup: Backup, path: String) {
        _ = try principal.may(.handleBackups, BackupAdministration())
        let backup = try await backup(filename)
        let used: String? = try await database.value(
            BackupQueries.useToken(
                Digest.sha256(token),
                filename: filename,
                by: principal,
                at: clock()
            )
        )
        guard used != nil else { throw ForumError.notFound }
        try await record(StaffAction(.fetchBackup, subject: filename), by: principal)
        return (backup, files.path(backup.file))
    }

    /// - Throws: `.notFound`.
    package func deleteBackup(_ filename: String, by principal: Principal) async throws {
        _ = try principal.may(.handleBackups, BackupAdministration())
        let backup = try await backup(filename)
        try await record(StaffAction(.deleteBackup, subject: filename), by: principal)
        try await files.remove(backup.file)
    }
}
