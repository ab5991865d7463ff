import Forum
import Postgres
import TestSupport
import Testing

struct SettingsTests {
    @Test func `every default is a value the setting takes`() async throws {
        try await TestCommunity.with(hasDailyLimits: true) { site in
            for entry in site.community.settings.list() {
                #expect(entry.isDefault)
                try await site.community.settings.set(
                    entry.definition.name,
                    to: entry.definition.defaultValue
                )
            }
            #expect(site.community.settings.current == SiteSettings())
            let names = SettingDefinition.all.map(\.name)
            #expect(Set(names).count == names.count)
            #expect(SettingDefinition.all.allSatisfy { !$0.summary.isEmpty })
        }
    }

    @Test func `a setting holds in this process and in the next`() async throws {
        try await TestCommunity.with(hasDailyLimits: true) { site in
            let settings = site.community.settings
            try await settings.set("title", to: "A Café")
            try await settings.set("min_post_length", to: "5")
            try await settings.set("tagging_enabled", to: "No")
            #expect(settings.current.title == "A Café")
            #expect(settings.current.minPostLength == 5)
            #expect(!settings.current.taggingEnabled)
            #expect(try settings.get("tagging_enabled") == "false")
            let other = SettingsStore(database: site.database.pool, key: site.community.serverKey)
            try await other.reload()
            #expect(other.current == settings.current)
            #expect(other.list().filter { !$0.isDefault }.count == 3)
        }
    }

    private static let refused = [
        ("title", ""), ("title", "  "), ("title", "a\u{0}b"),
        ("title", String(repeating: "x", count: 256)),
        ("min_post_length", "0"), ("min_post_length", "x"), ("min_post_length", "32001"),
        ("min_post_length", ""), ("min_post_length", "1e3"),
        ("min_post_length", "9223372036854775808"),
        ("tagging_enabled", "maybe"), ("disable_emails", "perhaps"),
        ("contact_email", "nobody"), ("reply_by_email_address", "reply@example.com"),
        ("reply_by_email_address", "%{reply_key}%{reply_key}@example.com"),
        ("ignore_by_title", "(unclosed"), ("min_topic_title_length", "255"),
        ("max_post_length", "10"),
    ]

    @Test func `a value the setting does not take changes nothing`() async throws {
        try await TestCommunity.with(settings: ["max_topic_title_length": "100"]) { site in
            for (name, value) in Self.refused {
                let before = site.community.settings.current
                let error = try await #require(throws: ForumError.self) {
                    try await site.community.settings.set(name, to: value)
                }
                #expect(error.code == .invalid)
                #expect(error.message.contains(name))
                try await site.community.settings.reload()
                #expect(site.community.settings.current == before)
            }
        }
    }

    @Test func `a name that is none is not found`() async throws {
        try await TestCommunity.with { site in
            let error = try await #require(throws: ForumError.self) {
                try await site.community.settings.set("no_such_thing", to: "1")
            }
            #expect(error.code == .notFound)
            #expect(throws: ForumError.self) { try site.community.settings.get("") }
        }
    }

    @Test func `rows of another version do no harm`() async throws {
        try await TestCommunity.with { site in
            try await site.database.pool.execute(
                """
                INSERT INTO site_settings (name, value)
                VALUES ('from_the_future', 'x'), ('min_post_length', 'many'), ('title', 'Kept')
                """
            )
            try await site.community.settings.reload()
            #expect(site.community.settings.current.title == "Kept")
            #expect(site.community.settings.current.minPostLength == SiteSettings().minPostLength)
        }
    }

    @Test func `a secret is sealed where it is kept and stands in no log`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let admin = try await site.admin()
            let name = "discourse_connect_secret"
            for secret in ["the first of two secrets", "the second of two secrets"] {
                try await community.changeSetting(name, to: secret, by: admin)
                #expect(try community.settings.get(name) == secret)
                let other = SettingsStore(
                    database: site.database.pool,
                    key: community.serverKey
                )
                try await other.reload()
                #expect(try other.get(name) == secret)
                let kept = try await site.database.pool.values(
                    """
                    SELECT value FROM site_settings UNION ALL SELECT row_to_json(a)::text
                    FROM staff_action_logs a
                    """,
                    as: String.self
                )
                #expect(!kept.contains { $0.contains("two secrets") })
                #expect(kept.contains { $0.contains("[FILTERED]") })
            }
            let stranger = SettingsStore(database: site.database.pool, key: .temporary())
            try await stranger.reload()
            #expect(try stranger.get(name) == "")
            let entry = community.settings.list().first { $0.definition.name == name }
            #expect(entry?.shownValue == "[FILTERED]")
        }
    }

    @Test func `only administrators change settings`() async throws {
        try await TestCommunity.with { site in
            let moderator = try await site.moderator()
            await #expect(throws: ForumError.forbidden) {
                try await site.community.changeSetting("title", to: "Mine", by: moderator)
            }
            try await site.community.changeSetting("title", to: "Ours", by: site.admin())
            #expect(site.community.settings.current.title == "Ours")
        }
    }

    @Test func `processes that open a site together have the same secrets`() async throws {
        let database = try await TestDatabase.make()
        let key = ServerKey.temporary()
        let secrets = try await withThrowingTaskGroup(of: [[UInt8]].self) { group in
            for _ in 0..<10 {
                group.addTask {
                    let secrets = try await SiteSecrets.load(from: database.pool, with: key)
                    return [secrets.csrf, secrets.reply, secrets.unsubscribe]
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(secrets.count == 1)
        let one = try #require(secrets.first)
        #expect(Set(one).count == 3)
        #expect(one.allSatisfy { $0.count == 32 })
        try await database.drop()
    }
}
