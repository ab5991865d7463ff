import Forum
import Postgres
import TestSupport
import Testing

struct HiddenImportTests {
    private static let start = Timestamp(secondsSince1970: Int64(1_000_000_000))

    private static func mail(
        _ index: Int,
        by author: UserID,
        answers ancestors: [String] = []
    ) -> ImportedPost {
        ImportedPost(
            messageID: "m\(index)@list.example",
            fallbackID: "\(index)@imported.invalid",
            categoryID: CategoryID(4),
            authorID: author,
            title: "About quetzalcoatl number \(index)",
            subjectKey: "about \(index)",
            raw: "What quetzalcoatl says in mail number \(index).",
            createdAt: start + Double(index) * 3600,
            ancestors: ancestors
        )
    }

    /// A topic that is there, and an import that waits: a thread of its own by a member and a stranger,
    /// and two mails that go on with the topic.
    private struct World {
        let site: TestCommunity
        let anna: Principal
        let stranger: UserID
        let topic: CreatedPost
        let id: ImportID
        let outcomes: [ImportOutcome]

        var hidden: TopicID { outcomes[0].topicID }
    }

    private static func with(_ body: (World) async throws -> Void) async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let stranger = try await site.community.stagedUser(
                address: "bert@list.example",
                name: "Bert",
                evenIfBarred: true
            ).id
            let topic = try await site.topic(in: CategoryID(4), by: anna)
            let name = "discourse/post/\(topic.id)@\(site.community.host)"
            let id = try await site.community.openImport(named: "Old list", by: .system)
            let outcomes = try await site.community.importBatch(
                [
                    mail(0, by: anna.id),
                    mail(1, by: stranger, answers: ["m0@list.example"]),
                    mail(2, by: stranger, answers: [name]),
                    mail(3, by: anna.id, answers: ["m2@list.example"]),
                ],
                into: id
            )
            try await body(
                World(
                    site: site,
                    anna: anna,
                    stranger: stranger,
                    topic: topic,
                    id: id,
                    outcomes: outcomes
                )
            )
        }
    }

    @Test func `nobody but staff knows of it, not even its authors`() async throws {
        try await Self.with { world in
            let site = world.site
            let moderator = try await site.moderator()
            for viewer in [Viewer.anonymous, .member(world.anna)] {
                await #expect(throws: ForumError.notFound) {
                    try await site.community.topicPage(world.hidden, for: viewer)
                }
                let found = try await site.community.search("quetzalcoatl", for: viewer)
                #expect(found.posts.isEmpty)
                #expect(
                    try await site.community.archiveSize(.category(CategoryID(4)), for: viewer) == 1
                )
                let page = try await site.community.topicPage(world.topic.topicID, for: viewer)
                #expect(page.topic.postsCount == 1)
            }
            let page = try await site.community.topicPage(world.hidden, for: .member(moderator))
            #expect(page.posts.count == 2)
            #expect(try await site.wrongCounters() == [])
            #expect(try await site.number("SELECT topic_count FROM categories WHERE id = 4") == 1)
            #expect(try await site.number("SELECT count(*) FROM notifications") == 0)
        }
    }

    @Test func `staff reads it, and changes it only when it is published`() async throws {
        try await Self.with { world in
            let community = world.site.community
            let boss = try await world.site.admin()
            let attempts: [@Sendable () async throws -> Void] = [
                {
                    _ = try await community.createPost(
                        NewPost(topicID: world.hidden, raw: "A reply of the staff to it."),
                        by: boss
                    )
                },
                { try await community.deleteTopic(world.hidden, by: boss) },
                {
                    try await community.setTopicStatus(
                        world.hidden,
                        status: .visible,
                        enabled: true,
                        by: boss
                    )
                },
                { _ = try await community.like(world.outcomes[1].postID, by: boss) },
                { try await community.deletePost(world.outcomes[1].postID, by: boss) },
                { _ = try await community.convertToMessage(world.hidden, by: boss) },
            ]
            for attempt in attempts {
                await #expect(throws: ForumError.self) { try await attempt() }
            }
            #expect(
                try await world.site.number(
                    "SELECT count(*) FROM topics WHERE import_id IS NOT NULL AND deleted_at IS NULL"
                ) == 2
            )
        }
    }

    @Test func `publishing shows it, joins what goes on, and tells nobody`() async throws {
        try await Self.with { world in
            let site = world.site
            try await site.community.setNotificationLevel(
                .watching,
                category: CategoryID(4),
                by: world.anna
            )
            try await site.dispatch()
            let mails = try await site.number("SELECT count(*) FROM outgoing_emails")
            try await site.community.publishImport(world.id, by: .system)
            try await site.dispatch()
            #expect(try await site.number("SELECT count(*) FROM notifications") == 0)
            #expect(try await site.number("SELECT count(*) FROM outgoing_emails") == mails)
            #expect(try await site.number("SELECT count(*) FROM topics") == 2)
            let page = try await site.community.topicPage(world.topic.topicID, for: .anonymous)
            #expect(page.posts.map(\.number) == [1, 2, 3])
            #expect(page.posts.map(\.replyToNumber) == [nil, 1, 2])
            #expect(page.posts.map(\.createdAt).dropFirst().first == Self.start + 2 * 3600)
            let found = try await site.community.search("quetzalcoatl", for: .anonymous)
            #expect(found.posts.count == 2)
            #expect(try await site.wrongCounters().filter { !$0.hasPrefix("last poster") } == [])
            let imports = try await site.community.imports(for: .system)
            #expect(imports.map(\.posts) == [4])
            #expect(imports.first?.publishedAt != nil)
            await #expect(throws: ForumError.notFound) {
                try await site.community.discardImport(world.id, by: .system)
            }
        }
    }

    @Test func `discarding takes away what it made, and nothing else`() async throws {
        try await Self.with { world in
            let site = world.site
            try await site.community.discardImport(world.id, by: .system)
            #expect(try await site.number("SELECT count(*) FROM topics") == 1)
            #expect(try await site.number("SELECT count(*) FROM posts") == 1)
            #expect(try await site.number("SELECT count(*) FROM users WHERE staged") == 0)
            #expect(try await site.number("SELECT count(*) FROM post_message_ids") == 0)
            #expect(try await site.number("SELECT count(*) FROM imports") == 0)
            #expect(try await site.community.user(named: "anna") != nil)
            #expect(try await site.wrongCounters() == [])
            // Nobody who follows changes hears of what they did not know of.
            let page = try await site.community.changes(since: nil, for: .member(world.anna))
            #expect(!"\(page)".contains("quetzalcoatl"))
        }
    }

    @Test func `who is no administrator knows of no imports`() async throws {
        try await Self.with { world in
            let moderator = try await world.site.moderator()
            for principal in [world.anna, moderator] {
                await #expect(throws: ForumError.self) {
                    try await world.site.community.imports(for: principal)
                }
                await #expect(throws: ForumError.self) {
                    try await world.site.community.publishImport(world.id, by: principal)
                }
                await #expect(throws: ForumError.self) {
                    try await world.site.community.discardImport(world.id, by: principal)
                }
            }
        }
    }

    @Test func `subscribers follow as they did, once`() async throws {
        try await TestCommunity.with { site in
            let list: [ImportedSubscriber] = [
                ImportedSubscriber(address: "each@list.example", name: "Each", delivery: .each),
                ImportedSubscriber(address: "daily@list.example", delivery: .daily),
                ImportedSubscriber(
                    address: "web@list.example",
                    delivery: .web,
                    standing: .moderated
                ),
                ImportedSubscriber(address: "gone@list.example", standing: .banned),
            ]
            for expected in [SubscriberOutcome.subscribed, .known] {
                for subscriber in list {
                    let outcome = try await site.community.importSubscriber(
                        subscriber,
                        to: CategoryID(4),
                        by: .system
                    )
                    #expect(outcome == (subscriber.standing == .banned ? .noted : expected))
                }
            }
            let rows: [String] = try await site.database.pool.values(
                """
                SELECT e.email || ' ' || cu.notification_level || ' ' || cu.delivery
                FROM category_users cu JOIN user_emails e ON e.user_id = cu.user_id
                    JOIN users u ON u.id = cu.user_id AND u.staged ORDER BY e.email
                """
            )
            #expect(
                rows == [
                    "daily@list.example 3 daily", "each@list.example 3 each",
                    "web@list.example 2 web",
                ]
            )
            #expect(
                try await site.number(
                    "SELECT count(*) FROM staff_action_logs WHERE action = 'custom_staff'"
                ) == 2
            )
            #expect(try await site.number("SELECT count(*) FROM outgoing_emails") == 0)
        }
    }
}
