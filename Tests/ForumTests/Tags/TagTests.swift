import Forum
import Postgres
import TestSupport
import Testing

struct TagTests {
    @Test(arguments: [
        ("Swift", "swift"), ("  two  words ", "two-words"), ("a--b", "a-b"), ("-a-", "a"),
        ("c++", "c"), ("#tag", "tag"), ("a/b?c", "abc"), ("a.b", "ab"), ("Ünï", "ünï"),
        ("日本", "日本"), ("ＦＵＬＬ", "full"), ("none", ""), ("", ""), ("---", ""), ("a\u{0}b", "ab"),
        ("a\u{202E}b", "ab"), ("<b>", "b"),
        ("abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrst"),
        ("abcdefghijklmnopqrs tu", "abcdefghijklmnopqrs"),
    ])
    func `a name is cleaned as Discourse cleans it`(name: String, expected: String) {
        #expect(TagRules.cleaned(name, maximum: 20) == expected)
    }

    /// A topic with tags, as it stands after posting.
    private func topic(
        _ site: TestCommunity,
        in category: CategoryID,
        by author: Principal,
        tags: [TagName]
    ) async throws {
        try await site.database.pool.execute(
            """
            WITH t AS (
                INSERT INTO topics (title, fancy_title, slug, category_id, user_id,
                    last_post_user_id)
                VALUES ('A title', 'A title', 'a-title', \(category), \(author.id), \(author.id))
                RETURNING id
            )
            INSERT INTO topic_tags SELECT t.id, g FROM t, unnest(\(tags.map(\.id.value))::bigint[]) g
            """
        )
    }

    private func resolve(
        _ site: TestCommunity,
        _ names: [String],
        by principal: Principal
    ) async throws -> [TagName] {
        try await site.database.pool.transaction { transaction in
            try await site.community.resolveTags(names, by: principal, in: transaction)
        }
    }

    @Test func `counts and names tell nothing of topics one may not read`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let admin = try await site.admin()
            _ = try await site.group("club", members: [anna])
            let open = try await site.category("Open")
            let secret = try await site.category("Secret", permissions: ["club": 1])
            let tags = try await resolve(site, ["shared", "hidden", "unused"], by: admin)
            try await topic(site, in: open.id, by: admin, tags: [tags[0]])
            try await topic(site, in: secret.id, by: admin, tags: [tags[0], tags[1]])
            let member = try await site.refreshed(anna)
            func counts(_ viewer: Viewer) async throws -> [String: Int] {
                Dictionary(
                    uniqueKeysWithValues: try await site.community.tags(for: viewer)
                        .map { ($0.name, $0.topicCount) }
                )
            }
            #expect(try await counts(.anonymous) == ["shared": 1])
            #expect(try await counts(.member(bert)) == ["shared": 1])
            #expect(try await counts(.member(member)) == ["shared": 2, "hidden": 1])
            #expect(
                try await counts(.member(admin)) == ["shared": 2, "hidden": 1, "unused": 0]
            )
            for name in ["hidden", "unused", "nothing", ""] {
                await #expect(throws: ForumError.notFound) {
                    try await site.community.tag(named: name, for: .member(bert))
                }
            }
            #expect(
                try await site.community.tag(named: "Hidden", for: .member(member)).topicCount == 1
            )
            #expect(try await site.community.tag(named: "shared", for: .anonymous).topicCount == 1)
            // Who may make no tags cannot find out by trying either.
            #expect(
                try await resolve(site, ["hidden", "shared"], by: bert).map(\.name) == ["shared"]
            )
        }
    }

    @Test func `tags are made by those who may, in their order and number`() async throws {
        try await TestCommunity.with { site in
            let leader = try await site.member("anna", trustLevel: 3)
            let member = try await site.member("bert", trustLevel: 2)
            let made = try await resolve(
                site,
                ["Zeta", "alpha", "ZETA", "", "c", "d", "e", "f", "g"],
                by: leader
            )
            #expect(made.map(\.name) == ["zeta", "alpha", "c", "d", "e"])
            #expect(try await resolve(site, ["brand-new"], by: member) == [])
            try await site.community.settings.set("tagging_enabled", to: "false")
            #expect(try await resolve(site, ["zeta"], by: leader) == [])
            #expect(try await site.community.tags(for: .member(leader)) == [])
        }
    }

    @Test func `twenty at once make each tag once`() async throws {
        try await TestCommunity.with { site in
            let names = ["one", "two", "three", "four", "five"]
            let results = try await withThrowingTaskGroup(of: Set<TagName>.self) { group in
                for number in 0..<20 {
                    let order = number.isMultiple(of: 2) ? names : names.reversed()
                    group.addTask { Set(try await resolve(site, order, by: .system)) }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(results.count == 1)
            #expect(results.first?.count == 5)
        }
    }

    @Test func `staff renames, describes and deletes`() async throws {
        try await TestCommunity.with { site in
            let moderator = try await site.moderator()
            let anna = try await site.member("anna", trustLevel: 4)
            _ = try await resolve(site, ["old", "taken"], by: moderator)
            await #expect(throws: ForumError.forbidden) {
                try await site.community.updateTag(named: "old", to: "new", by: anna)
            }
            let error = try await #require(throws: ForumError.self) {
                try await site.community.updateTag(named: "old", to: "Taken", by: moderator)
            }
            #expect(error.field == "name")
            let tag = try await site.community.updateTag(
                named: "old",
                to: "New Name",
                description: "What it is",
                by: moderator
            )
            #expect(tag.name == "new-name")
            #expect(tag.description == "What it is")
            try await site.community.deleteTag(named: "new-name", by: moderator)
            await #expect(throws: ForumError.notFound) {
                try await site.community.deleteTag(named: "new-name", by: moderator)
            }
        }
    }
}
