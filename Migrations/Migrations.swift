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
    ]

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
