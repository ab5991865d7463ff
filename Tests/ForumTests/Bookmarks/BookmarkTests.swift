import Forum
import Postgres
import TestSupport
import Testing

struct BookmarkTests {
    @Test func `a bookmark is its owner's alone and there is one of each thing`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let ben = try await site.member("ben")
            let topic = try await site.topic(by: anna)
            let id = try await site.community.bookmark(.post(topic.id), by: ben)
            let second = try await refusal {
                try await site.community.bookmark(.post(topic.id), by: ben)
            }
            #expect(second?.code == .malformed)
            try await site.community.bookmark(.topic(topic.topicID), by: ben)
            let page = try await site.community.topicPage(topic.topicID, for: .member(ben))
            #expect(page.extras.bookmarks.count == 2)
            #expect(page.posts.first?.bookmark?.id == id)
            let hers = try await site.community.topicPage(topic.topicID, for: .member(anna))
            #expect(hers.extras.bookmarks.isEmpty && hers.posts.first?.bookmark == nil)
            let foreign = try await refusal {
                _ = try await site.community.deleteBookmark(id, by: anna)
            }
            #expect(foreign?.code == .notFound)
            let list = try await refusal {
                _ = try await site.community.bookmarks(of: "ben", for: .member(anna))
            }
            #expect(list?.code == .notFound)
            #expect(try await site.community.deleteBookmark(id, by: ben))
            try await site.community.deleteBookmarks(in: topic.topicID, by: ben)
            #expect(
                try await site.community.bookmarks(of: "ben", for: .member(ben)).bookmarks.isEmpty
            )
        }
    }

    @Test func `what cannot be seen cannot be marked, and leaves the list`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            let ben = try await site.member("ben")
            let hidden = try await site.category("Hidden", permissions: ["staff": 1])
            let secret = try await site.topic(in: hidden.id, by: boss)
            let error = try await refusal {
                try await site.community.bookmark(.topic(secret.topicID), by: ben)
            }
            #expect(error?.code == .notFound)
            let open = try await site.topic("An open topic to be hidden", by: boss)
            try await site.community.bookmark(
                .post(open.id),
                BookmarkFields(name: "later 100%"),
                by: ben
            )
            let found = try await site.community.bookmarks(
                of: "ben",
                search: "100%",
                for: .member(ben)
            )
            #expect(found.bookmarks.map(\.topic.id) == [open.topicID])
            try await site.community.editTopic(open.topicID, categoryID: hidden.id, by: boss)
            #expect(
                try await site.community.bookmarks(of: "ben", for: .member(ben)).bookmarks.isEmpty
            )
        }
    }

    @Test(arguments: BookmarkAutoDelete.allCases)
    func `a reminder is sent once when it is due`(preference: BookmarkAutoDelete) async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let ben = try await site.member("ben")
            let topic = try await site.topic(by: ben)
            let now = site.community.clock()
            let past = try await refusal {
                try await site.community.bookmark(
                    .post(topic.id),
                    BookmarkFields(reminderAt: now - 60),
                    by: ben
                )
            }
            #expect(past?.field == "reminder_at")
            try await site.community.bookmark(
                .post(topic.id),
                BookmarkFields(name: "again", reminderAt: now + 3600, autoDelete: preference),
                by: ben
            )
            let upkeep = Upkeep(community: site.community)
            try await upkeep.runDue()
            #expect(try await site.number("SELECT count(*) FROM notifications") == 0)
            site.clock.advance(seconds: 4000)
            try await upkeep.runDue()
            try await upkeep.runDue()
            let sent: SQL = "SELECT count(*) FROM notifications WHERE notification_type = 24"
            #expect(try await site.number(sent) == 1)
            let left = try await site.community.bookmarks(of: "ben", for: .member(ben)).bookmarks
            #expect(left.isEmpty == (preference == .whenReminderSent))
            #expect(preference != .clearReminder || left.first?.bookmark.reminderAt == nil)
        }
    }

    @Test func `a reply of the owner ends the bookmarks that waited for it`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let topic = try await site.topic(by: anna)
            try await site.community.bookmark(
                .post(topic.id),
                BookmarkFields(autoDelete: .onOwnerReply),
                by: anna
            )
            try await site.reply(to: topic, by: anna)
            #expect(try await site.number("SELECT count(*) FROM bookmarks") == 0)
        }
    }
}
