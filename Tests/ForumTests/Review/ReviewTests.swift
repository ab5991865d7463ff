import Forum
import Postgres
import TestSupport
import Testing

/// The queue: flags, posts and people that wait for staff.
@Suite struct ReviewTests {
    private static let settings = [
        "rate_limit_create_topic": "0", "rate_limit_create_post": "0",
        "rate_limit_new_user_create_topic": "0", "rate_limit_new_user_create_post": "0",
        "unique_posts_mins": "0",
    ]

    private static func topic(
        _ site: TestCommunity,
        by author: Principal
    ) async throws -> CreatedPost {
        try await site.community.createTopic(
            NewTopic(
                title: "A topic with a long title",
                raw: "The first post is long enough, see \(author.username)."
            ),
            by: author
        )
    }

    @Test func `who may flag what`() async throws {
        try await TestCommunity.with(settings: Self.settings) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let new = try await site.member("newcomer", trustLevel: 0)
            let post = try await Self.topic(site, by: anna)
            await #expect(throws: ForumError.forbidden) {
                _ = try await site.community.flagPost(post.id, .spam, by: anna)
            }
            await #expect(throws: ForumError.forbidden) {
                _ = try await site.community.flagPost(post.id, .spam, by: new)
            }
            _ = try await site.community.flagPost(post.id, .spam, by: bert)
            let twice = try await #require(throws: ForumError.self) {
                _ = try await site.community.flagPost(post.id, .inappropriate, by: bert)
            }
            #expect(twice.code == .forbidden)
            let short = try await #require(throws: ForumError.self) {
                _ = try await site.community.flagPost(post.id, .notifyUser, message: "x", by: bert)
            }
            #expect(short.code == .invalid)
            _ = try await site.community.unflagPost(post.id, .spam, by: bert)
            let admin = try await site.admin()
            #expect(try await site.community.reviewCount(for: admin) == 0)
        }
    }

    @Test func `enough flags hide a post, disagreeing shows it again`() async throws {
        try await TestCommunity.with(settings: Self.settings) { site in
            let anna = try await site.member("anna")
            let admin = try await site.admin()
            let post = try await Self.topic(site, by: anna)
            for number in 1...3 {
                let member = try await site.member("member\(number)", trustLevel: 4)
                _ = try await site.community.flagPost(post.id, .inappropriate, by: member)
            }
            #expect(try await site.community.post(post.id, for: .member(admin)).isHidden)
            await #expect(throws: ForumError.notFound) {
                _ = try await site.community.post(post.id, for: .anonymous)
            }
            let page = try await site.community.reviewables(ReviewFilter(), for: admin)
            let found = try #require(page.reviewables.first)
            #expect(page.reviewables.count == 1)
            #expect(found.score == 15)
            #expect(page.scores.count == 3)
            let stale = try await #require(throws: ForumError.self) {
                _ = try await site.community.performReview(
                    found.id,
                    "disagree",
                    version: found.version - 1,
                    by: admin
                )
            }
            #expect(stale.code == .conflict)
            await #expect(throws: ForumError.forbidden) {
                _ = try await site.community.performReview(
                    found.id,
                    "approve_post",
                    version: found.version,
                    by: admin
                )
            }
            let result = try await site.community.performReview(
                found.id,
                "disagree",
                version: found.version,
                by: admin
            )
            #expect(result.status == .rejected)
            #expect(result.waiting == 0)
            #expect(try await !site.community.post(post.id, for: .anonymous).isHidden)
        }
    }

    @Test func `a moderator reviews only what they may see`() async throws {
        try await TestCommunity.with(settings: Self.settings) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let moderator = try await site.moderator()
            let admin = try await site.admin()
            _ = try await site.group("club", members: [anna, bert])
            let secret = try await site.category("Secret", permissions: ["club": 1])
            let post = try await site.community.createTopic(
                NewTopic(
                    title: "A topic that few may see",
                    raw: "The first post is long enough.",
                    categoryID: secret.id
                ),
                by: site.refreshed(anna)
            )
            _ = try await site.community.flagPost(post.id, .spam, by: site.refreshed(bert))
            #expect(try await site.community.reviewCount(for: moderator) == 0)
            let page = try await site.community.reviewables(ReviewFilter(), for: admin)
            let id = try #require(page.reviewables.first).id
            await #expect(throws: ForumError.notFound) {
                _ = try await site.community.reviewable(id, for: moderator)
            }
            await #expect(throws: ForumError.notFound) {
                _ = try await site.community.performReview(id, "ignore", version: 0, by: moderator)
            }
            await #expect(throws: ForumError.notFound) {
                _ = try await site.community.reviewables(ReviewFilter(), for: anna)
            }
        }
    }

    @Test func `posts of the untrusted wait, and appear when approved`() async throws {
        var settings = Self.settings
        settings["approve_unless_trust_level"] = "2"
        try await TestCommunity.with(settings: settings) { site in
            let admin = try await site.admin()
            let anna = try await site.member("anna")
            let held = try await #require(throws: HeldPost.self) {
                _ = try await Self.topic(site, by: anna)
            }
            #expect(held.pendingCount == 1)
            #expect(try await site.community.pendingPosts(of: "anna", for: anna).count == 1)
            let bert = try await site.member("bert")
            await #expect(throws: ForumError.notFound) {
                _ = try await site.community.pendingPosts(of: "anna", for: bert)
            }
            let result = try await site.community.performReview(
                held.id,
                "approve_post",
                version: 0,
                by: admin
            )
            let created = try #require(result.createdPost)
            #expect(created.post.author.username == "anna")
            _ = try await site.community.post(created.id, for: .anonymous)
            let reply = NewPost(topicID: created.topicID, raw: "A reply that has to wait.")
            let second = try await #require(throws: HeldPost.self) {
                _ = try await site.community.createPost(reply, by: anna)
            }
            try await site.community.withdrawPost(second.id, by: anna)
            #expect(try await site.community.reviewCount(for: admin) == 0)
            _ = try await site.community.createPost(reply, by: admin)
        }
    }

    @Test func `people wait where staff approves them`() async throws {
        try await TestCommunity.with(settings: ["must_approve_users": "true"]) { site in
            let admin = try await site.admin()
            let user = try await site.community.createUser(
                NewUser(username: "anna", email: "a@example.com", password: TestCommunity.password),
                by: nil
            )
            #expect(try await site.community.reviewCount(for: admin) == 0)
            try await site.community.activateUser(user.id, by: admin)
            let page = try await site.community.reviewables(ReviewFilter(), for: admin)
            let found = try #require(page.reviewables.first)
            #expect(found.kind == .user)
            _ = try await site.community.performReview(
                found.id,
                "approve_user",
                version: found.version,
                by: admin
            )
            #expect(try await site.community.user(user.id)?.isApproved == true)
            #expect(try await site.community.reviewCount(for: admin) == 0)
        }
    }

    @Test func `what waits of a deleted member waits no longer`() async throws {
        var settings = Self.settings
        settings["approve_unless_trust_level"] = "2"
        try await TestCommunity.with(settings: settings) { site in
            let admin = try await site.admin()
            let anna = try await site.member("anna")
            await #expect(throws: HeldPost.self) { _ = try await Self.topic(site, by: anna) }
            #expect(try await site.community.reviewCount(for: admin) == 1)
            try await site.community.deleteUser(anna.id, UserDeletion(), by: admin)
            #expect(try await site.community.reviewCount(for: admin) == 0)
        }
    }

    @Test func `staff hears how much waits`() async throws {
        try await TestCommunity.with(settings: Self.settings) { site in
            let admin = try await site.admin()
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let post = try await Self.topic(site, by: anna)
            _ = try await site.community.flagPost(post.id, .spam, by: bert)
            try await Dispatcher(community: site.community).dispatchAll()
            let told = try await site.database.pool.values(
                "SELECT data ->> 'reviewable_count' FROM bus_messages WHERE channel = '/reviewable_counts/' || \(admin.id)",
                as: String.self
            )
            #expect(told == ["1"])
        }
    }
}
