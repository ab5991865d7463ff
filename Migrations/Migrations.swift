/// The numbered SQL files of this folder, compiled into the program so that one binary is enough.
package enum Migrations {
    /// Every file in order: its number, its name and its text.
    ///
    /// SwiftPM names an embedded file after its path with the first digit replaced by `_`.
    package static let all: [(number: Int, name: String, sql: String)] = [
        (1, "users_and_groups", text(PackageResources._001_users_and_groups_sql)),
        (2, "categories_topics_posts", text(PackageResources._002_categories_topics_posts_sql)),
        (
            3, "subscriptions_and_delivery",
            text(PackageResources._003_subscriptions_and_delivery_sql)
        ),
        (4, "groups_and_messages", text(PackageResources._004_groups_and_messages_sql)),
        (5, "moderation", text(PackageResources._005_moderation_sql)),
        (6, "accounts", text(PackageResources._006_accounts_sql)),
        (7, "topic_and_post_actions", text(PackageResources._007_topic_and_post_actions_sql)),
        (8, "lists_and_tags", text(PackageResources._008_lists_and_tags_sql)),
        (9, "uploads_and_badges", text(PackageResources._009_uploads_and_badges_sql)),
        (10, "rate_limits", text(PackageResources._010_rate_limits_sql)),
        (11, "changes", text(PackageResources._011_changes_sql)),
        (12, "keys", text(PackageResources._012_keys_sql)),
        (13, "second_factors", text(PackageResources._013_second_factors_sql)),
        (14, "webhooks", text(PackageResources._014_webhooks_sql)),
        (15, "delivery_preferences", text(PackageResources._015_delivery_preferences_sql)),
        (16, "jobs", text(PackageResources._016_jobs_sql)),
        (17, "mail_authenticity", text(PackageResources._017_mail_authenticity_sql)),
        (18, "mail_queue", text(PackageResources._018_mail_queue_sql)),
        (19, "mail_sources", text(PackageResources._019_mail_sources_sql)),
        (20, "hidden_imports", text(PackageResources._020_hidden_imports_sql)),
        (21, "membership_requests", text(PackageResources._021_membership_requests_sql)),
        (22, "fan_out", text(PackageResources._022_fan_out_sql)),
    ]

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
