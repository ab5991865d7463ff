import Forum
import Postgres
import TestSupport
import Testing

/// The change feed: complete and in order whoever writes meanwhile, and silent about what its reader
/// could never see.
@Suite struct ChangeFeedTests {
    /// Reads to the end, and on until `isEnough` says so: other transactions of the machine may hold
    /// the line back for a moment.
    @discardableResult
    private static func follow(
        _ community: Community,
        since: String?,
        limit: Int = 50,
        for viewer: Viewer = .anonymous,
        until isEnough: ([Change]) -> Bool
    ) async throws -> (changes: [Change], cursor: String) {
        var changes: [Change] = []
        var cursor = since
        for _ in 0..<600 {
            let page = try await community.changes(since: cursor, limit: limit, for: viewer)
            #expect(page.changes.count <= limit)
            changes += page.changes
            cursor = page.cursor
            if page.hasMore { continue }
            if isEnough(changes) { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(isEnough(changes), "\(changes.map { "\($0.kind) \($0.id) \($0.action)" })")
        return (changes, cursor ?? "")
    }

    /// Waits until everything that was written so far can be read.
    private static func now(_ community: Community) async throws -> String {
        let start = try await community.changes(since: "now", for: .member(.system)).cursor
        let marker = try await community.createTag("marker-\(Int.random(in: 0..<1_000_000_000))")
        return try await follow(community, since: start, for: .member(.system)) { changes in
            changes.contains { $0.kind == .tag && $0.id == marker }
        }.cursor
    }

    @Test func `the walk shows everything once, then what changed since`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let topic = try await site.topic(by: anna)
            for _ in 0..<7 { try await site.reply(to: topic, by: anna) }
            let first = try await site.community.changes(since: nil, limit: 5, for: .anonymous)
            #expect(first.isWalking && first.hasMore && first.changes.count == 5)
            let late = try await site.reply(to: topic, by: anna)
            let (changes, _) = try await Self.follow(site.community, since: nil, limit: 3) { seen in
                seen.contains { $0.kind == .post && $0.id == late.id.value }
            }
            let posts = changes.filter { $0.kind == .post && $0.action == .present }
            #expect(posts.count == 9)
            #expect(Set(posts.map(\.id)).count == 9)
            #expect(posts.map { $0.subject?.postNumber } == (1...9).map { $0 })
            #expect(changes.contains { $0.kind == .topic && $0.id == topic.topicID.value })
            #expect(changes.contains { $0.kind == .user && $0.subject?.username == "anna" })
            // The staff's category is not a stranger's to know.
            #expect(!changes.contains { $0.kind == .category && $0.id == 3 })
        }
    }

    @Test func `with writers at work there is no gap, no duplicate, and one order`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let topics = [try await site.topic(by: anna), try await site.topic(by: anna)]
            let start = try await Self.now(site.community)
            let writers = 4
            let each = 25
            let reading = Task {
                try await Self.follow(site.community, since: start, limit: 7) { changes in
                    changes.count { $0.kind == .post && $0.action == .created }
                        >= writers * each + writers
                }
            }
            let written = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for writer in 0..<writers {
                    group.addTask {
                        var ids: [Int64] = []
                        for _ in 0..<each {
                            let topic = topics[Int.random(in: 0..<topics.count)]
                            ids.append(try await site.reply(to: topic, by: anna).id.value)
                        }
                        // Numbers taken early, committed late: what a naive reader would miss.
                        ids.append(
                            try await ChangeWriting.slowPost(
                                site.community.database,
                                in: topics[0].topicID,
                                number: 1000 + writer,
                                by: anna.id
                            )
                        )
                        return ids
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            let (changes, _) = try await reading.value
            let created = changes.filter { $0.kind == .post && $0.action == .created }.map(\.id)
            #expect(created.count == Set(created).count)
            #expect(Set(created) == Set(written))
            let again = try await Self.follow(site.community, since: start, limit: 1000) {
                $0.count { $0.kind == .post && $0.action == .created } >= created.count
            }
            #expect(
                again.changes.filter { $0.kind == .post && $0.action == .created }.map(\.id)
                    == created
            )
        }
    }

    @Test func `each kind of change is told, to those who see it`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let community = site.community
            let anna = try await site.member("anna", trustLevel: 4)
            let boss = try await site.admin()
            let topic = try await site.topic(by: anna)
            let reply = try await site.reply(to: topic, by: anna)
            var cursor = try await Self.now(community)
            func next(_ kind: Change.Kind, _ id: Int64) async throws -> [Change.Action] {
                let (changes, end) = try await Self.follow(community, since: cursor) { seen in
                    seen.contains { $0.kind == kind && $0.id == id }
                }
                cursor = end
                return changes.filter { $0.kind == kind && $0.id == id }.map(\.action)
            }
            _ = try await community.editPost(reply.id, raw: "Edited, and long enough.", by: boss)
            #expect(try await next(.post, reply.id.value) == [.edited])
            try await community.deletePost(reply.id, by: boss)
            #expect(try await next(.post, reply.id.value) == [.gone])
            try await community.recoverPost(reply.id, by: boss)
            #expect(try await next(.post, reply.id.value) == [.recovered])
            let title = "A title that is changed"
            try await community.editTopic(topic.topicID, title: title, by: boss)
            #expect(try await next(.topic, topic.topicID.value) == [.edited])
            let other = try await site.category("Other")
            #expect(try await next(.category, other.id.value) == [.created])
            try await community.editTopic(topic.topicID, categoryID: other.id, by: boss)
            #expect(try await next(.topic, topic.topicID.value) == [.moved])
            try await community.deleteTopic(topic.topicID, by: boss)
            #expect(try await next(.topic, topic.topicID.value) == [.gone])
            try await community.recoverTopic(topic.topicID, by: boss)
            #expect(try await next(.topic, topic.topicID.value) == [.recovered])
            let bert = try await site.member("bert")
            #expect(try await next(.user, bert.id.value) == [.created])
            // Likes, reads and visits change nothing that is followed here.
            _ = try await community.like(topic.id, by: bert)
            _ = try await community.createTag("after-all-that")
            let quiet = try await community.changes(since: cursor, for: .anonymous)
            #expect(quiet.changes == [] && !quiet.isAccessChanged)
            #expect(quiet.cursor != cursor)
        }
    }

    @Test func `what was never to be seen leaves no trace, what was is gone`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let community = site.community
            let boss = try await site.admin()
            let mia = try await site.member("mia")
            let insider = try await site.member("insider", trustLevel: 4)
            _ = try await site.group("insiders", members: [insider])
            let vault = try await site.category("Vault", permissions: ["insiders": 1])
            let vip = try await site.refreshed(insider)
            let start = try await Self.now(community)
            let open = try await site.topic(by: boss)
            let secret = try await community.createTopic(
                NewTopic(
                    title: "Something for insiders only",
                    raw: "A text that is long enough.",
                    categoryID: vault.id,
                    tags: ["vault-tag"]
                ),
                by: vip
            )
            let hidden = try await site.reply(to: secret, by: vip)
            try await community.deletePost(hidden.id, by: boss)
            try await community.editTopic(open.topicID, categoryID: vault.id, by: boss)
            let message = try await community.createTopic(
                NewTopic(
                    title: "Between us",
                    raw: "A text that is long enough.",
                    recipients: ["insider"]
                ),
                by: boss
            )
            let end = try await site.topic(by: boss)
            let isDone: ([Change]) -> Bool = { seen in
                seen.contains { $0.kind == .topic && $0.id == end.topicID.value }
            }
            for viewer in [Viewer.anonymous, .member(mia)] {
                let (changes, _) = try await Self.follow(
                    community,
                    since: start,
                    for: viewer,
                    until: isDone
                )
                let ids = changes.filter { $0.kind == .topic }.map { ($0.id, $0.action) }
                #expect(ids.map(\.0) == [open.topicID.value, end.topicID.value])
                #expect(ids.map(\.1) == [.gone, .created])
                #expect(changes.first { $0.action == .gone }?.subject == nil)
                #expect(!changes.contains { $0.kind == .post && $0.id == hidden.id.value })
                #expect(!changes.contains { $0.subject?.name == "vault-tag" })
            }
            let (own, _) = try await Self.follow(
                community,
                since: start,
                for: .member(vip),
                until: isDone
            )
            #expect(own.contains { $0.kind == .topic && $0.id == secret.topicID.value })
            #expect(own.contains { $0.kind == .topic && $0.id == message.topicID.value })
            #expect(
                own.contains { $0.kind == .post && $0.id == hidden.id.value && $0.action == .gone }
            )
            #expect(own.contains { $0.id == open.topicID.value && $0.action == .moved })
        }
    }

    @Test func `who loses a category is told so, who joined later is not told of before`()
        async throws
    {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let community = site.community
            let boss = try await site.admin()
            let friend = try await site.member("friend", trustLevel: 4)
            let late = try await site.member("late")
            let group = try await site.group("friends", members: [friend])
            let place = try await site.category("Place", permissions: ["friends": 1])
            let topic = try await site.topic(in: place.id, by: boss)
            let pal = Viewer.member(try await site.refreshed(friend))
            let start = try await Self.now(community)
            let own = try await community.changes(since: "now", for: .member(late)).cursor
            try await community.deleteTopic(topic.topicID, by: boss)
            try await community.addMembers([late.id], to: group.id, by: boss)
            var fields = CategoryFields()
            fields.permissions = ["staff": 1]
            _ = try await community.updateCategory(place.id, fields, by: boss)
            let (told, _) = try await Self.follow(community, since: start, for: pal) { seen in
                seen.contains {
                    $0.kind == .category && $0.id == place.id.value && $0.action == .gone
                }
            }
            #expect(told.contains { $0.id == topic.topicID.value && $0.action == .gone })
            let newcomer = Viewer.member(try await site.refreshed(late))
            let page = try await community.changes(since: start, for: newcomer)
            #expect(!page.changes.contains { $0.kind == .topic })
            #expect(try await community.changes(since: own, for: newcomer).isAccessChanged)
            #expect(try await !community.changes(since: own, for: .member(late)).isAccessChanged)
            let stranger = try await community.changes(since: start, for: .anonymous)
            #expect(!stranger.changes.contains { $0.id == place.id.value })
        }
    }

    @Test func `a cursor is opaque, checked, and dies with what it points to`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let community = site.community
            let old = try await community.changes(since: "now", for: .anonymous).cursor
            for text in ["", "x", String(repeating: "A", count: 88), "\(old)A", old.lowercased()] {
                let error = await #expect(throws: ForumError.self) {
                    _ = try await community.changes(since: text, for: .anonymous)
                }
                #expect(error?.code == .malformed)
            }
            let boss = try await site.admin()
            _ = try await site.topic(by: boss)
            _ = try await Self.now(community)
            try await community.trimChanges(keptDays: -1)
            let error = await #expect(throws: ForumError.self) {
                _ = try await community.changes(since: old, for: .anonymous)
            }
            #expect(error?.code == .gone)
            let (walk, _) = try await Self.follow(community, since: nil) { _ in true }
            #expect(walk.contains { $0.kind == .topic && $0.action == .present })
        }
    }
}

/// Writes as something else than the use cases would.
private enum ChangeWriting {
    /// A post whose transaction stays open for a while after its number was taken.
    static func slowPost(
        _ database: Pool,
        in topic: TopicID,
        number: Int,
        by user: UserID
    ) async throws -> Int64 {
        try await database.transaction { transaction in
            let rows = try await transaction.query(
                """
                INSERT INTO posts (topic_id, post_number, user_id, raw, cooked)
                VALUES (\(topic), \(number), \(user), 'slow', '<p>slow</p>') RETURNING id
                """
            )
            try await Task.sleep(for: .milliseconds(Int.random(in: 50...400)))
            return try rows.firstValue(Int64.self) ?? 0
        }
    }
}

extension Community {
    /// A tag by itself, as staff makes one.
    fileprivate func createTag(_ name: String) async throws -> Int64 {
        let rows = try await database.query(
            "INSERT INTO tags (name, name_lower, slug) VALUES (\(name), \(name), \(name)) RETURNING id"
        )
        return try rows.firstValue(Int64.self) ?? 0
    }
}
