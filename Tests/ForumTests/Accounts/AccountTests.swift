import Forum
import Postgres
import TestSupport
import Testing

@Suite struct AccountTests {
    @Test func `choices, lists and fields are kept and shown to their owner`() async throws {
        try await TestCommunity.with(settings: ["public_user_custom_fields": "color"]) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let open = try await site.category("Open")
            let closed = try await site.category("Closed", permissions: ["staff": 1])
            var changes = AccountChanges()
            changes.options = ["mailing_list_mode": .flag(true), "timezone": .text("Europe/Rome")]
            changes.categories = [.watching: [open.id.value, closed.id.value]]
            changes.muted = ["bert", "nobody", "anna"]
            changes.customFields = ["color": "red", "secret": "x"]
            changes.locale = "de"
            let user = try await site.community.changeAccount(of: "anna", changes, by: anna)
            let own = try await site.community.details(of: user, for: .member(anna))
            #expect(own.options.flag("mailing_list_mode") == true)
            #expect(own.options.text("timezone") == "Europe/Rome")
            // What one may not see cannot be watched.
            #expect(own.categories == [.watching: [open.id.value]])
            #expect(own.mutedUsernames == ["bert"])
            #expect(own.customFields == ["color": "red", "secret": "x"])
            let others = try await site.community.details(of: user, for: .member(bert))
            #expect(others.options == UserOptions())
            #expect(others.mutedUsernames.isEmpty)
            #expect(others.customFields == ["color": "red"])
            #expect(others.locale == nil)
            var second = AccountChanges()
            second.options = ["timezone": .text("")]
            second.categories = [.watching: []]
            second.muted = []
            second.customFields = ["secret": nil]
            _ = try await site.community.changeAccount(of: "anna", second, by: anna)
            let later = try await site.community.details(of: user, for: .member(anna))
            #expect(later.options.flag("mailing_list_mode") == true)
            #expect(later.categories.isEmpty)
            #expect(later.mutedUsernames.isEmpty)
            #expect(later.customFields == ["color": "red"])
        }
    }

    @Test func `bad values change nothing`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let bad: [[String: OptionValue]] = [
                ["like_notification_frequency": .number(9)], ["text_size": .text("huge")],
                ["no_such_option": .flag(true)], ["mailing_list_mode": .text("x")],
            ]
            for options in bad {
                var changes = AccountChanges()
                changes.profile.location = "Rome"
                changes.options = options
                await #expect(throws: ForumError.self) {
                    _ = try await site.community.changeAccount(of: "anna", changes, by: anna)
                }
            }
            var links = AccountChanges()
            links.externalIDs = ["discourse_connect": "7"]
            await #expect(throws: ForumError.forbidden) {
                _ = try await site.community.changeAccount(of: "anna", links, by: anna)
            }
            #expect(try await site.community.user(anna.id)?.location == nil)
        }
    }

    @Test func `who is muted or ignored tells nobody anything`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna", trustLevel: 2)
            let bert = try await site.member("bert")
            _ = try await site.admin()
            let category = try await site.category("Open")
            try await site.community.setRelation(.muted, to: "bert", by: anna)
            let post = try await site.community.createTopic(
                NewTopic(
                    title: "A topic about somebody",
                    raw: "I speak of @anna here, long enough.",
                    categoryID: category.id
                ),
                by: bert
            )
            try await Dispatcher(community: site.community).dispatchAll()
            #expect(try await site.community.notifications(of: anna).notifications.isEmpty)
            try await site.community.setRelation(nil, to: "bert", by: anna)
            let details = try await site.community.details(
                of: try #require(try await site.community.user(bert.id)),
                for: .member(anna)
            )
            #expect(!details.isMuted)
            #expect(post.number == 1)
            await #expect(throws: ForumError.forbidden) {
                try await site.community.setRelation(.muted, to: "boss", by: anna)
            }
            await #expect(throws: ForumError.forbidden) {
                try await site.community.setRelation(.muted, to: "anna", by: anna)
            }
            await #expect(throws: ForumError.self) {
                try await site.community.setRelation(.ignored, to: "bert", by: anna)
            }
            let end = site.clock.now + 3600
            try await site.community.setRelation(.ignored, to: "bert", until: end, by: anna)
            await #expect(throws: ForumError.forbidden) {
                try await site.community.setRelation(.ignored, to: "anna", until: end, by: bert)
            }
        }
    }

    @Test func `who wants every post by mail gets every post that may be seen`() async throws {
        let settings = ["disable_mailing_list_mode": "false", "rate_limit_create_topic": "0"]
        try await TestCommunity.with(settings: settings) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let boss = try await site.admin()
            let open = try await site.category("Open")
            let closed = try await site.category("Closed", permissions: ["staff": 1])
            var changes = AccountChanges()
            changes.options = [
                "mailing_list_mode": .flag(true), "mailing_list_mode_frequency": .number(2),
            ]
            changes.profile.emailLevel = 2
            _ = try await site.community.changeAccount(of: "anna", changes, by: anna)
            for (author, category) in [(bert, open), (anna, open), (boss, closed)] {
                _ = try await site.community.createTopic(
                    NewTopic(
                        title: "A topic by \(author.username) for the list",
                        raw: "A text by \(author.username) that is long enough.",
                        categoryID: category.id
                    ),
                    by: author
                )
            }
            try await Dispatcher(community: site.community).dispatchAll()
            let mails = try await site.community.claimOutgoingEmails(limit: 9, leaseSeconds: 60)
            #expect(mails.map(\.toAddress) == ["anna@example.com"])
            guard case .send(let mail, _) = try await site.community.decide(on: mails[0]) else {
                Issue.record("the mail is not sent")
                return
            }
            #expect(mail.authorUsername == "bert")
        }
    }

    @Test func `a hidden profile hides what its owner did`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            var changes = AccountChanges()
            changes.options = ["hide_profile": .flag(true)]
            let user = try await site.community.changeAccount(of: "anna", changes, by: anna)
            #expect(try await site.community.details(of: user, for: .anonymous).isHidden)
            #expect(try await !site.community.details(of: user, for: .member(anna)).isHidden)
            await #expect(throws: ForumError.notFound) {
                _ = try await site.community.summary(of: "anna", for: .anonymous)
            }
            await #expect(throws: ForumError.notFound) {
                _ = try await site.community.userActions(
                    of: "anna",
                    kinds: [],
                    offset: 0,
                    for: .anonymous
                )
            }
        }
    }

    @Test func `one leaves with hardly any posts, and takes nobody along`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            await #expect(throws: ForumError.forbidden) {
                try await site.community.deleteOwnAccount("anna", by: bert)
            }
            try await site.community.deleteOwnAccount("anna", by: anna)
            #expect(try await site.community.user(anna.id) == nil)
        }
    }
}
