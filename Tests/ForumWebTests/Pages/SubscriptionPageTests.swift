import Forum
import ForumAPI
import HTTPTypes
import Postgres
import TestSupport
import Testing

@testable import ForumWeb

/// What members choose to hear of, vote for and be reminded of, by forms without a script.
@Suite struct SubscriptionPageTests {
    private func page(_ web: WebSite, _ path: String, _ session: String) async throws -> String {
        let answer = try await web.send(
            .get,
            path,
            as: .session(session),
            headers: WebSite.browserAccept
        )
        #expect(answer.status == 200, "\(path)")
        #expect(PageCheck.problems(answer.text) == [], "\(path)")
        return answer.text
    }

    /// `name=value` pairs, by blanks.
    private func send(
        _ web: WebSite,
        _ path: String,
        _ fields: String,
        _ session: String
    ) async throws -> Answer {
        let pairs = fields.split(separator: " ").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), String(parts[1]))
        }
        return try await web.submit("/forms/\(path)", pairs, session: session)
    }

    @Test func `levels and deliveries of all kinds are chosen in one table`() async throws {
        try await WebSite.with { web in
            let community = web.community
            let mia = try await web.site.member("mia")
            _ = try await web.site.member("nora")
            _ = try await web.site.group("club", members: [mia])
            let place = try await web.site.category("Announcements")
            _ = try await web.topic(by: web.boss, in: place.id, tags: ["swift"])
            let session = try await community.openSession(for: mia)
            let path = "/u/mia/preferences/subscriptions"
            _ = try await page(web, path, session)
            for (name, fields) in [
                ("follow-category", "category_id=\(place.id) notification_level=3 delivery=daily"),
                ("follow-tag", "tag_name=swift notification_level=4 delivery=web"),
                ("mute-person", "username=nora notification_level=muted"),
            ] {
                let answer = try await send(web, "preferences/\(name)", fields, session)
                #expect(answer.headers[.location] == "\(path)?saved=true", "\(name)")
            }
            let table = try await page(web, path, session)
            for name in ["Announcements", "swift", "nora", "club"] {
                #expect(table.contains("How closely to follow \(name)"), "\(name)")
            }
            #expect(table.contains("<option value=\"daily\" selected>One mail a day</option>"))
            let user = try #require(try await community.user(named: "mia"))
            let details = try await community.details(of: user, for: .member(mia))
            #expect(details.categories[.watching] == [place.id.value])
            #expect(details.categoryDeliveries == [place.id.value: .daily])
            #expect(details.tagDeliveries == ["swift": .web])
            #expect(details.mutedUsernames == ["nora"])
            // The row's own form, and that of the category's page, leave what they do not name.
            let shown = try await page(web, "/c/\(place.id)", session)
            #expect(shown.contains("<option value=\"3\" selected>Watching</option>"))
            #expect(shown.contains("<option value=\"daily\" selected>"))
            for (path, fields) in [
                ("categories/\(place.id)/level", "notification_level=2"),
                ("groups/club/level", "notification_level=0"),
                ("people/nora/level", "notification_level="),
            ] {
                #expect(try await send(web, path, fields, session).status == 303, "\(path)")
            }
            let changed = try await community.details(of: user, for: .member(mia))
            #expect(changed.categories[.tracking] == [place.id.value])
            #expect(changed.categoryDeliveries == [place.id.value: .daily])
            #expect(changed.groups.first { $0.name == "club" }?.level == 0)
            #expect(changed.mutedUsernames == [])
        }
    }

    @Test func `what cannot be followed is refused, and what is hidden is not there`()
        async throws
    {
        try await WebSite.with { web in
            let mia = try await web.site.member("mia")
            let place = try await web.site.category("Announcements")
            let hidden = try await web.site.category("Hidden", permissions: ["staff": 1])
            _ = try await web.topic(by: web.boss, in: place.id, tags: ["swift"])
            let session = try await web.community.openSession(for: mia)
            let shown = try await page(web, "/u/mia/preferences/subscriptions", session)
            #expect(!shown.contains("Hidden"))
            for (name, fields, status) in [
                ("follow-category", "category_id=\(hidden.id) notification_level=3", 404),
                ("follow-category", "category_id=\(place.id) notification_level=9", 400),
                ("follow-tag", "tag_name=swift notification_level=3 delivery=pigeon", 400),
                ("follow-tag", "tag_name=none notification_level=3", 404),
                ("mute-person", "username=boss notification_level=muted", 403),
            ] {
                let answer = try await send(web, "preferences/\(name)", fields, session)
                #expect(Int(answer.status) == status, "\(name) \(fields)")
            }
        }
    }

    @Test func `a poll is voted in and a reminder set by forms`() async throws {
        try await WebSite.with { web in
            let community = web.community
            let mia = try await web.site.member("mia")
            let made = try await community.createTopic(
                NewTopic(
                    title: "A topic with a poll",
                    raw: "[poll name=tea]\n* Green <b>\n* Black\n[/poll]\n\nWhat do you like?"
                ),
                by: web.boss
            )
            let session = try await community.openSession(for: mia)
            let path = "/t/\(made.topicID)"
            let shown = try await page(web, path, session)
            let digest = try #require(
                shown.firstMatch(of: /name="options\[\]" value="([0-9a-f]+)"/)?.output.1
            )
            let poll = [
                ("post_id", "\(made.post.id)"), ("poll_name", "tea"), ("return_path", path),
            ]
            func vote(_ fields: [(String, String)]) async throws -> Answer {
                try await web.submit("/forms/polls/vote", poll + fields, session: session)
            }
            #expect(try await vote([("options[]", String(digest))]).headers[.location] == path)
            let voted = try await page(web, path, session)
            #expect(voted.contains("value=\"\(digest)\" checked>") && voted.contains("1 vote<"))
            #expect(try await vote([("options[]", "none")]).status == 422)
            #expect(try await vote([]).status == 422)
            #expect(try await vote([("withdraw", "true")]).status == 303)
            #expect(try await page(web, path, session).contains("0 voters"))

            let id = try await community.bookmark(
                .post(made.post.id),
                BookmarkFields(name: "tea"),
                by: mia
            )
            let list = "/u/mia/activity/bookmarks"
            _ = try await page(web, list, session)
            let set = try await web.submit(
                "/forms/bookmarks/\(id)/change",
                [("reminder", "24"), ("auto_delete_preference", "1"), ("return_path", list)],
                session: session
            )
            #expect(set.headers[.location] == list)
            let kept = try await community.bookmark(id, of: mia)
            let reminder = try #require(kept.reminderAt)
            #expect(abs(reminder - community.clock() - 86_400) < 60)
            #expect(kept.name == "tea" && kept.autoDelete == .whenReminderSent)
            #expect(try await page(web, list, session).contains("value=\"kept\" selected"))
            let other = try await web.site.member("otto")
            let foreign = try await web.submit(
                "/forms/bookmarks/\(id)/change",
                [("reminder", "")],
                session: try await community.openSession(for: other)
            )
            #expect(foreign.status == 404)
        }
    }

    @Test func `no two pages hold the same token, and each of them counts`() async throws {
        try await WebSite.with { web in
            let authentication = Authentication(community: web.community)
            let tokens = (0..<20).map { _ in authentication.csrfToken(for: "here") }
            #expect(Set(tokens).count == tokens.count)
            #expect(tokens.allSatisfy { authentication.isToken($0, for: "here") })
            #expect(!tokens.contains { authentication.isToken($0, for: "elsewhere") })
            for forged in ["", "AAAA", String(tokens[0].dropLast(4)), tokens[0] + "AAAA"] {
                #expect(!authentication.isToken(forged, for: "here"))
            }
        }
    }
}
