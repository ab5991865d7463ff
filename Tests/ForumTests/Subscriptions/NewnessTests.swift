import Forum
import Postgres
import TestSupport
import Testing

/// What counts as new to whom, and what the site gives those who come.
struct NewnessTests {
    /// The name of the setting that is the site's and, without its beginning, the member's own.
    private static let setting = "default_other_new_topic_duration_minutes"

    @Test(arguments: [
        // The site's minutes, the member's own, and whether a topic of two days ago is new.
        (2880, nil, false), (2882, nil, true), (-1, nil, true), (-2, nil, true), (10, -1, true),
        (-1, 10, false), (2880, 4000, true), (-1, -2, true),
    ])
    func `a topic is new as long as the site or its reader say`(
        site minutes: Int,
        own: Int?,
        isNew: Bool
    ) async throws {
        var settings = TestCommunity.unhurried
        settings[Self.setting] = String(minutes)
        try await TestCommunity.with(settings: settings) { site in
            let community = site.community
            let admin = try await site.admin()
            let anna = try await site.member("anna")
            if let own {
                var changes = AccountChanges()
                changes.options = ["new_topic_duration_minutes": .number(own)]
                _ = try await community.changeAccount(of: "anna", changes, by: anna)
            }
            let topic = try await site.topic(by: admin)
            site.clock.advance(seconds: 2 * 86_400 + 60)
            let reader = try await site.refreshed(anna)
            let list = try await community.topicList(TopicListQuery(.new), for: .member(reader))
            #expect(list.topics.map(\.topic.id) == (isNew ? [topic.topicID] : []))
            // Lists, counts and what is tracked say the same.
            let latest = try await community.topicList(TopicListQuery(), for: .member(reader))
            #expect(latest.topics.map(\.isUnseen) == [isNew])
            let tracking = try await community.topicTracking(of: reader)
            #expect(tracking.topics.map(\.isNew) == (isNew ? [true] : []))
            let totals = try await community.notificationTotals(of: reader)
            #expect(totals.newTopics == (isNew ? 1 : 0))
            #expect(try await community.dismiss(Dismissal(), by: reader).count == (isNew ? 1 : 0))
        }
    }

    @Test func `since the last visit is since before the present one`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let community = site.community
            let admin = try await site.admin()
            let anna = try await site.member("anna")
            var changes = AccountChanges()
            changes.options = ["new_topic_duration_minutes": .number(Newness.sinceLastVisit)]
            _ = try await community.changeAccount(of: "anna", changes, by: anna)
            func new() async throws -> [TopicID] {
                let reader = try await site.refreshed(anna)
                let query = TopicListQuery(.new)
                return try await community.topicList(query, for: .member(reader)).topics
                    .map(\.topic.id)
            }
            let session = try await community.openSession(for: anna)
            site.clock.advance(seconds: 60)
            let old = try await site.topic("A topic of the first visit", by: admin)
            site.clock.advance(seconds: 60)
            _ = try await community.authenticate(sessionToken: session)
            #expect(try await new() == [old.topicID])
            site.clock.advance(seconds: 2 * 3600)
            let fresh = try await site.topic("A topic in between visits", by: admin)
            site.clock.advance(seconds: 60)
            _ = try await community.authenticate(sessionToken: session)
            #expect(try await new() == [fresh.topicID])
            // Nothing changes within a visit.
            site.clock.advance(seconds: 1800)
            _ = try await community.authenticate(sessionToken: session)
            #expect(try await new() == [fresh.topicID])
        }
    }

    @Test func `what is older than the account is not new to it`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let admin = try await site.admin()
            try await site.topic(by: admin)
            site.clock.advance(seconds: 60)
            let anna = try await site.member("anna")
            let totals = try await site.community.notificationTotals(of: anna)
            #expect(totals.newTopics == 0)
        }
    }

    @Test func `members begin with the site's defaults and keep them when those change`()
        async throws
    {
        let settings = [
            "default_email_level": "2", "default_email_mailing_list_mode": "true",
            "default_email_mailing_list_mode_frequency": "2",
            "default_other_enable_quoting": "false",
        ]
        try await TestCommunity.with(settings: settings) { site in
            let community = site.community
            let anna = try await site.member("anna")
            for name in settings.keys where name.hasPrefix("default_email") {
                try await community.settings.set(
                    name,
                    to: SettingDefinition.named(name)?.defaultValue ?? ""
                )
            }
            let user = try #require(try await community.user(named: "anna"))
            let details = try await community.details(of: user, for: .member(anna))
            #expect(user.emailLevel == 2)
            #expect(details.options.flag("mailing_list_mode") == true)
            #expect(details.options.number("mailing_list_mode_frequency") == 2)
            #expect(details.options.flag("enable_quoting") == false)
            let bert = try await site.member("bert")
            let later = try #require(try await community.user(named: "bert"))
            #expect(later.emailLevel == 1)
            let options = try await community.details(of: later, for: .member(bert)).options
            #expect(options.flag("mailing_list_mode") == nil)
        }
    }
}
