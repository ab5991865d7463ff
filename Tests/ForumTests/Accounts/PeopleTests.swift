import Forum
import TestSupport
import Testing

@Suite struct PeopleTests {
    /// A topic in the open with a like, one for staff, and a private message, all by anna.
    private func content(_ site: TestCommunity) async throws -> (Principal, Principal, Principal) {
        let anna = try await site.moderator("anna")
        let bert = try await site.member("bert")
        let boss = try await site.admin()
        let open = try await site.category("Open")
        let closed = try await site.category("Closed", permissions: ["staff": 1])
        for (category, title) in [
            (open, "A topic in the open"), (closed, "A topic for staff only"),
        ] {
            let post = try await site.community.createTopic(
                NewTopic(
                    title: title,
                    raw: "A text that is long enough.",
                    categoryID: category.id
                ),
                by: anna
            )
            _ = try await site.community.like(post.id, by: boss)
        }
        _ = try await site.community.createTopic(
            NewTopic(
                title: "A private word",
                raw: "A message that is long enough.",
                recipients: ["bert"]
            ),
            by: anna
        )
        return (anna, bert, boss)
    }

    @Test func `actions are shown as far as the viewer may see them`() async throws {
        let rates = ["rate_limit_create_topic": "0", "rate_limit_create_post": "0"]
        try await TestCommunity.with(settings: rates) { site in
            let (anna, bert, boss) = try await content(site)
            func kinds(_ viewer: Viewer, _ kinds: Set<UserActionKind> = []) async throws -> [Int] {
                try await site.community.userActions(
                    of: "anna",
                    kinds: kinds,
                    offset: 0,
                    for: viewer
                ).map(\.kind).sorted()
            }
            #expect(try await kinds(.member(anna)) == [2, 2, 4, 4, 12])
            #expect(try await kinds(.member(boss)) == [2, 2, 4, 4, 12])
            #expect(try await kinds(.member(bert)) == [4])
            #expect(try await kinds(.anonymous) == [4])
            #expect(try await kinds(.anonymous, [.wasLiked, .newPrivateMessage]).isEmpty)
            let later = try await site.community.userActions(
                of: "anna",
                kinds: [.newTopic],
                offset: 1,
                for: .anonymous
            )
            #expect(later.isEmpty)
            let summary = try await site.community.summary(of: "anna", for: .member(bert))
            #expect(summary.topics.map(\.title) == ["A topic in the open"])
            #expect(summary.mostLikedBy.map(\.count) == [1])
            await #expect(throws: ForumError.notFound) {
                _ = try await site.community.summary(of: "nobody", for: .member(bert))
            }
        }
    }

    @Test(arguments: DirectoryPeriod.allCases)
    func `a directory counts what was done in the time`(period: DirectoryPeriod) async throws {
        let rates = ["rate_limit_create_topic": "0", "rate_limit_create_post": "0"]
        try await TestCommunity.with(settings: rates) { site in
            _ = try await content(site)
            _ = try await site.staged("stranger@example.com")
            var query = DirectoryQuery()
            query.period = period
            let (items, total) = try await site.community.directory(query, for: .anonymous)
            #expect(total == 3)
            #expect(items.map(\.user.username).first == "anna")
            // The other like is where only staff may read: the directory counts what all may.
            #expect(items.first?.likesReceived == 1)
            query.name = "ER"
            let named = try await site.community.directory(query, for: .anonymous)
            #expect(named.items.map(\.user.username) == ["bert"])
            query.name = nil
            query.group = "staff"
            let staff = try await site.community.directory(query, for: .anonymous)
            #expect(Set(staff.items.map(\.user.username)) == ["anna", "boss"])
            query.group = "no-such-group"
            await #expect(throws: ForumError.notFound) {
                _ = try await site.community.directory(query, for: .anonymous)
            }
        }
    }

    @Test func `people are found by what they are called`() async throws {
        try await TestCommunity.with { site in
            _ = try await site.member("anna")
            _ = try await site.member("hanna")
            _ = try await site.staged("annabel@example.com")
            var query = PeopleQuery()
            query.term = "ANN"
            let found = try await site.community.people(query, for: .anonymous)
            #expect(found.map(\.username) == ["anna"])
            #expect(try await site.community.knownUsernames(["Anna", "annabel", "x"]) == ["anna"])
            #expect(try await site.community.verdict(onName: "new_name") == .free)
            #expect(try await site.community.verdict(onName: "ANNA") == .taken(suggestion: "ANNA1"))
            guard case .wrong = try await site.community.verdict(onName: "a b") else {
                Issue.record("a name with a space is free")
                return
            }
            query.term = "%"
            #expect(try await site.community.people(query, for: .anonymous).isEmpty)
        }
    }
}
