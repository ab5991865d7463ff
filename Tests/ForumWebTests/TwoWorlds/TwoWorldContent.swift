import Forum
import Postgres
import TestSupport

/// What the worlds have in common, and what only some of them have.
enum TwoWorldContent {
    /// A word of every secret.
    static let secret = "quetzalcoatl"

    /// The part that all worlds share. Some of it is hidden already, so that worlds can differ in what
    /// it says and not in that it is there.
    static func shared(_ web: WebSite) async throws -> [String: String] {
        let site = web.site
        let author = try await site.member("author", trustLevel: 2)
        _ = try await site.member("newbie", trustLevel: 0)
        let full = try await site.member("full", trustLevel: 3)
        let outsider = try await site.member("outsider", trustLevel: 1)
        let insider = try await site.member("insider", trustLevel: 4)
        _ = try await site.moderator()
        _ = try await site.group("insiders", members: [insider])
        _ = try await site.group("others", members: [outsider])
        let up = try await site.category("Up")
        let open = try await site.category("Open", parent: up.id)
        let side = try await site.category("Side")
        let vip = try await site.refreshed(insider)
        let made = try await web.topic(
            by: author,
            in: open.id,
            title: "A topic that all may read",
            tags: []
        )
        let byVip = try await web.topic(
            by: vip,
            in: side.id,
            title: "Another topic, of an insider",
            tags: ["swift", "linux"]
        )
        let third = try await web.topic(by: full, title: "A third one without a place")
        let answer = try await web.reply(
            to: made.topic,
            by: full,
            "A word to @author and all others."
        )
        _ = try await web.community.like(made.first, by: full)
        let withdrawn = try await web.reply(
            to: made.topic,
            by: vip,
            "This was said and taken back."
        )
        let hidden = try await web.reply(to: third.topic, by: vip, "This was said and then hidden.")
        let whisper = try await web.reply(to: third.topic, by: web.boss, "This was only whispered.")
        let unlisted = try await web.topic(by: vip, in: side.id, title: "A topic that nobody lists")
        try await web.community.deletePost(withdrawn, by: web.boss)
        let message = try await settle(web, author, hidden, whisper, unlisted.topic)
        return [
            "topic": "\(made.topic)", "first": "\(made.first)", "reply": "\(answer)",
            "topic2": "\(byVip.topic)", "topic3": "\(third.topic)", "category": "\(open.id)",
            "parent": "\(up.id)", "side": "\(side.id)", "message": "\(message)",
            "withdrawn": "\(withdrawn)", "hidden": "\(hidden)", "whisper": "\(whisper)",
            "author_id": "\(author.id)", "insider_id": "\(insider.id)",
            "unlisted": "\(unlisted.topic)", "unlisted_post": "\(unlisted.first)",
        ]
    }

    /// Hides what is to be hidden, and opens a message between two people.
    private static func settle(
        _ web: WebSite,
        _ author: Principal,
        _ hidden: PostID,
        _ whisper: PostID,
        _ unlisted: TopicID
    ) async throws -> TopicID {
        let message = try await web.community.createTopic(
            NewTopic(
                title: "Between two",
                raw: "A word between two people.",
                recipients: ["newbie"]
            ),
            by: author
        )
        try await web.community.setTopicStatus(
            unlisted,
            status: .visible,
            enabled: false,
            by: web.boss
        )
        let database = web.community.database
        _ = try await database.query("UPDATE posts SET hidden = TRUE WHERE id = \(hidden)")
        _ = try await database.query("UPDATE posts SET post_type = 4 WHERE id = \(whisper)")
        // Staff keeps the tags, and so knows them all; what they are on is another matter.
        _ = try await database.query(
            "INSERT INTO tags (name, name_lower, slug) VALUES ('vault-tag', 'vault-tag', 'vault-tag')"
        )
        try await web.dispatch()
        return message.topicID
    }

    /// What not even moderators may see: a category for insiders, one below an open category, messages,
    /// and all that goes with them. Everybody is named in it, and an open topic is quoted and linked.
    static func hide(in web: WebSite, _ names: [String: String]) async throws -> [String: String] {
        let site = web.site
        let insider = try await person("insider", web)
        let author = try await person("author", web)
        let vault = try await site.category("Vault", permissions: ["insiders": 1])
        let cellar = try await site.category(
            "Cellar",
            parent: CategoryID(Int64(names["parent"] ?? "") ?? 0),
            permissions: ["insiders": 1]
        )
        var last = (topic: TopicID(0), first: PostID(0), reply: PostID(0))
        for place in [vault.id, cellar.id, vault.id] {
            last = try await web.topic(
                by: insider,
                in: place,
                title: "About \(secret) number \(place) \(last.topic)",
                tags: ["swift", "vault-tag"]
            )
            try await web.reply(
                to: last.topic,
                by: insider,
                """
                [quote="author, post:1, topic:\(names["topic"] ?? "")"]
                all may read
                [/quote]

                Look, @newbie @full @outsider @mod_anna @insiders: \(secret), and see
                http://forum.example/t/a/\(names["topic"] ?? "")/1
                """
            )
        }
        _ = try await web.community.like(last.first, by: web.boss)
        let withdrawn = try await web.reply(to: last.topic, by: insider, "A \(secret) taken back.")
        try await web.community.deletePost(withdrawn, by: web.boss)
        let message = try await web.community.createTopic(
            NewTopic(
                title: "A message on \(secret)",
                raw: "A word on \(secret) between us, @newbie.",
                recipients: ["author", "boss"]
            ),
            by: insider
        )
        _ = try await web.community.database.query(
            """
            INSERT INTO topic_allowed_groups (topic_id, group_id)
            SELECT \(message.topicID), id FROM groups WHERE name = 'insiders'
            """
        )
        try await web.reply(to: message.topicID, by: author, "An answer on \(secret), please.")
        try await web.dispatch()
        return [
            "secret_topic": "\(last.topic)", "secret_post": "\(last.reply)",
            "secret_first": "\(last.first)", "secret_category": "\(vault.id)",
            "secret_child": "\(cellar.id)", "secret_message": "\(message.topicID)",
            "secret_message_post": "\(message.id)",
        ]
    }

    /// What staff may see and others may not: what whispers, hidden and deleted posts and unlisted topics
    /// say.
    static func whisper(in web: WebSite, _ names: [String: String]) async throws {
        let database = web.community.database
        for name in ["withdrawn", "hidden", "whisper", "unlisted_post"] {
            let id = Int64(names[name] ?? "") ?? 0
            _ = try await database.query(
                """
                UPDATE posts SET raw = \("Now it says \(secret)."), word_count = 77,
                    cooked = \("<p>Now it says \(secret).</p>"), version = 5, like_count = 9,
                    edit_reason = \(secret) WHERE id = \(id)
                """
            )
            _ = try await database.query(
                """
                UPDATE post_search_data SET search_data = to_tsvector('english', \(secret))
                WHERE post_id = \(id)
                """
            )
        }
        _ = try await database.query(
            """
            UPDATE topics SET title = \("A \(secret) in the title"), slug = \(secret), views = 77,
                like_count = 77, excerpt = \(secret), fancy_title = \(secret)
            WHERE id = \(Int64(names["unlisted"] ?? "") ?? 0)
            """
        )
        try await bringIn(web, names)
    }

    /// A mailing list that waits to be published: a thread by a member who is about, and one that goes
    /// on with what all may read.
    private static func bringIn(_ web: WebSite, _ names: [String: String]) async throws {
        let community = web.community
        let stranger = try await community.stagedUser(
            address: "\(secret)@list.example",
            name: "Quentin",
            evenIfBarred: true
        )
        let authors = [try await person("newbie", web).id, stranger.id]
        let roots = ["", "discourse/post/\(names["first"] ?? "")@\(community.host)"]
        let id = try await community.openImport(named: "The \(secret) list", by: .system)
        let category = CategoryID(Int64(names["category"] ?? "") ?? 0)
        let posts = (0..<4).map { (index: Int) -> ImportedPost in
            let seconds = Int64(1_000_000_000 + index)
            let parent: String = index < 2 ? roots[index] : "\(index - 2)@list.example"
            return ImportedPost(
                messageID: "\(index)@list.example",
                fallbackID: "\(index)@imported.invalid",
                categoryID: category,
                authorID: index < 2 ? authors[0] : authors[1],
                title: "The \(secret) of old",
                subjectKey: "",
                raw: "What \(secret) was in times of old.",
                createdAt: Timestamp(secondsSince1970: seconds),
                ancestors: [parent]
            )
        }
        _ = try await community.importBatch(posts, into: id)
        try await community.finishImport(id)
    }

    private static func person(_ name: String, _ web: WebSite) async throws -> Principal {
        guard let user = try await web.community.user(named: name),
            let principal = try await web.community.account(for: user.id)?.principal
        else { throw ForumError.notFound }
        return principal
    }
}
