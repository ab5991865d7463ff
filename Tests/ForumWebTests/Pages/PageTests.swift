import Forum
import ForumAPI
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import ForumWeb

/// The pages for people: what they hold back, what they never lose, whom they believe.
@Suite struct PageTests {
    private static let accept = WebSite.browserAccept

    /// The quote with an accent is one character for Swift, and two for a browser.
    private static let evil = "\"\u{301} onload=alert(1) x='<script>alert(2)</script> & <b>"

    private func open(
        _ web: WebSite,
        _ path: String,
        as caller: WebSite.Caller = .guest
    ) async throws -> Answer {
        try await web.send(.get, path, as: caller, headers: Self.accept)
    }

    private func submit(
        _ web: WebSite,
        _ path: String,
        _ fields: [(String, String)],
        session: String? = nil,
        token: String? = nil,
        headers: HTTPFields = accept
    ) async throws -> Answer {
        try await web.submit(path, fields, session: session, token: token, headers: headers)
    }

    private func session(_ web: WebSite, _ principal: Principal) async throws -> String {
        try await web.community.openSession(for: principal)
    }

    /// The pages of a member named author.
    private static func paths(
        _ category: CategoryID,
        _ made: (topic: TopicID, first: PostID, reply: PostID)
    ) -> [String] {
        let query = percentEncoded(evil)
        return [
            "/", "/latest", "/new", "/unread", "/top", "/hot", "/categories", "/tags",
            "/c/\(category)", "/tag/swift", "/t/\(made.topic)", "/t/x/\(made.topic)/2",
            "/search?q=title", "/search?q=\(query)", "/search", "/about", "/u/author",
            "/u/author/summary", "/u/author/activity", "/u/author/activity/replies",
            "/u/author/activity/topics", "/u/author/activity/bookmarks",
            "/u/author/activity/drafts", "/u/author/notifications", "/u/author/messages",
            "/u/author/messages/sent", "/u/author/preferences",
            "/u/author/preferences/profile", "/u/author/preferences/security",
            "/u/author/preferences/notifications", "/u/author/preferences/emails",
            "/u/author/preferences/subscriptions",
            "/u/author/preferences/apps", "/u/author/preferences/second-factor",
            "/new-topic?title=\(query)&tags=\(query)&body=\(query)",
            "/new-message?username=\(query)", "/compose/reply/\(made.topic)?to=1",
            "/compose/edit/\(made.first)", "/compose/flag/\(made.reply)",
            "/login?return_path=\(query)", "/signup", "/password-reset",
            "/user-api-key/activate?user_code=\(query)",
        ]
    }

    /// Every page that a member comes to, with the worst that somebody could write on each of them.
    @Test func `nothing that people write becomes markup, and every page is whole`() async throws {
        let settings = ["unique_posts_mins": "0", "title": "A \"site\" <i>of</i> ours"]
        try await WebSite.with(settings: settings) { web in
            let author = try await web.site.member("author", trustLevel: 4)
            var changes = AccountChanges()
            changes.profile.name = Self.evil
            changes.profile.bioRaw = Self.evil
            changes.profile.location = Self.evil
            _ = try await web.community.changeAccount(of: "author", changes, by: author)
            let category = try await web.site.category("Cats \"<b>")
            let made = try await web.topic(
                by: author,
                in: category.id,
                title: "A title: \(Self.evil)",
                tags: ["swift"]
            )
            try await web.reply(
                to: made.topic,
                by: web.boss,
                "\(Self.evil) @author, [x](javascript:alert(1)) \(Self.evil)"
            )
            _ = try await web.community.bookmark(
                .post(made.first),
                BookmarkFields(name: Self.evil),
                by: author
            )
            _ = try await web.community.saveDraft(
                "new_topic_2",
                data: Self.evil,
                sequence: 0,
                by: author
            )
            try await web.dispatch()
            let session = try await session(web, author)
            for path in Self.paths(category.id, made) {
                for caller in [WebSite.Caller.session(session), .guest] {
                    let page = try await open(web, path, as: caller)
                    if caller == .guest, page.status == 403 { continue }
                    #expect(page.status == 200, "\(path): \(page.text.prefix(200))")
                    let problems = PageCheck.problems(page.text)
                    #expect(problems == [], "\(path)")
                    let policy = page.headers[.contentSecurityPolicy] ?? ""
                    #expect(policy.contains("script-src 'none'"), "\(path)")
                    #expect(!policy.contains("unsafe"), "\(path)")
                    #expect(
                        page.text.contains("<meta name=\"generator\" content=\"Discourse "),
                        "\(path)"
                    )
                }
            }
            for path in ["/nothing", "/t/99999", "/u/nobody", "/new"] {
                let page = try await open(web, path)
                #expect(page.status == (path == "/new" ? 403 : 404), "\(path)")
                #expect(PageCheck.problems(page.text) == [], "\(path)")
            }
        }
    }

    @Test func `templates write without escaping only what was made as HTML`() throws {
        for template in PageTemplate.allCases {
            let source = String(decoding: template.bytes, as: UTF8.self)
            for match in source.matches(of: /\{\{(?:\{|&)\s*([A-Za-z.]*)/) {
                #expect(match.output.1.hasSuffix("HTML"), "\(template): \(match.output.1)")
            }
        }
    }

    @Test func `no form is taken without its token, from elsewhere or from a program`() async throws
    {
        try await WebSite.with { web in
            let member = try await web.site.member("mia")
            let session = try await session(web, member)
            let forms = web.declarations.keys.filter { $0.hasPrefix("POST /forms/") }
            #expect(forms.count > 30)
            for signature in forms.sorted() {
                let path = String(signature.dropFirst("POST ".count))
                    .replacing(/\{[a-z_]+\}/, with: "1")
                let forged = try await submit(web, path, [], session: session, token: "forged")
                #expect(forged.status == 403, "\(signature)")
                var foreign = Self.accept
                foreign[.origin] = "https://elsewhere.example"
                let cross = try await submit(web, path, [], session: session, headers: foreign)
                #expect(cross.status == 403, "\(signature)")
                let key = try await web.send(.post, path, as: .member("mia"), form: "a=b")
                #expect(key.status == 403, "\(signature)")
            }
        }
    }

    @Test func `what somebody wrote comes back with the reason, whatever is wrong`() async throws {
        try await WebSite.with { web in
            let member = try await web.site.member("mia")
            let made = try await web.topic(by: web.boss)
            let session = try await session(web, member)
            let path = "/forms/compose/reply/\(made.topic)"
            let text = "Half an hour of work & <care>."
            let kept = "Half an hour of work &amp; &lt;care&gt;."
            let short = try await submit(web, path, [("raw", "Hm")], session: session)
            #expect(short.status == 422 && short.text.contains("\nHm</textarea>"))
            #expect(short.text.contains("class=\"error\""))
            let loggedOut = try await submit(web, path, [("raw", text)])
            #expect(loggedOut.status == 403 && loggedOut.text.contains(kept))
            let forged = try await submit(
                web,
                path,
                [("raw", text)],
                session: session,
                token: "forged"
            )
            #expect(forged.status == 403 && forged.text.contains(kept))
            let preview = try await submit(
                web,
                path,
                [("raw", "**\(text)**"), ("preview", "true")],
                session: session
            )
            #expect(preview.status == 200 && preview.text.contains("<strong>Half an hour"))
            #expect(preview.text.contains("**\(kept)**</textarea>"))
            try await web.community.setTopicStatus(
                made.topic,
                status: .closed,
                enabled: true,
                by: web.boss
            )
            let closed = try await submit(web, path, [("raw", text)], session: session)
            #expect(closed.status == 403 && closed.text.contains(kept))
            let gone = try await submit(
                web,
                "/forms/compose/reply/99999",
                [("raw", text)],
                session: session
            )
            #expect(gone.status == 404 && gone.text.contains(kept))
        }
    }

    @Test func `a member writes, likes, follows and reads by forms alone`() async throws {
        try await WebSite.with { web in
            let member = try await web.site.member("mia", trustLevel: 2)
            let made = try await web.topic(by: web.boss)
            let session = try await session(web, member)
            func send(_ path: String, _ fields: [(String, String)]) async throws -> Answer {
                try await submit(web, "/forms/\(path)", fields, session: session)
            }
            let topic = try await send(
                "compose/topic",
                [("title", "A topic from a form"), ("raw", "Its first post, long enough.")]
            )
            #expect(topic.status == 303)
            #expect(topic.headers[.location]?.hasPrefix("/t/a-topic-from-a-form/") == true)
            let reply = try await send(
                "compose/reply/\(made.topic)",
                [("raw", "An answer from a form."), ("reply_to_post_number", "1")]
            )
            #expect(reply.headers[.location]?.hasSuffix("/3#post_3") == true)
            for path in [
                "posts/\(made.first)/like", "posts/\(made.first)/bookmark",
                "topics/\(made.topic)/bookmark",
            ] {
                #expect(try await send(path, []).status == 303, "\(path)")
            }
            let level = try await send(
                "topics/\(made.topic)/level",
                [("notification_level", "3"), ("return_path", "/t/\(made.topic)")]
            )
            #expect(level.headers[.location] == "/t/\(made.topic)")
            #expect(
                try await send("topics/\(made.topic)/read", [("numbers", "1,2,3")]).status == 303
            )
            let page = try await web.community.topicPage(made.topic, for: .member(member))
            #expect(page.viewerState?.notificationLevel == 3)
            #expect(page.viewerState?.lastReadPostNumber == 3)
            #expect(page.posts[0].likeCount == 1 && page.posts[0].bookmark != nil)
            // Elsewhere is no place to come back to.
            for address in ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere"] {
                let away = try await send(
                    "topics/\(made.topic)/level",
                    [("notification_level", "1"), ("return_path", address)]
                )
                #expect(away.headers[.location] == "/")
            }
        }
    }

    @Test func `preferences are kept, and what is wrong stands beside its field`() async throws {
        try await WebSite.with { web in
            let member = try await web.site.member("mia")
            _ = try await web.site.member("nora")
            let session = try await session(web, member)
            let other = try await self.session(web, member)
            func send(_ path: String, _ fields: [(String, String)]) async throws -> Answer {
                try await submit(web, "/forms/preferences/\(path)", fields, session: session)
            }
            let emails = try await send(
                "emails",
                [
                    ("email_level", "2"), ("mailing_list_mode", "true"),
                    ("digest_after_minutes", "60"),
                ]
            )
            #expect(emails.status == 303)
            let user = try #require(try await web.community.user(named: "mia"))
            let details = try await web.community.details(of: user, for: .member(member))
            #expect(user.emailLevel == 2)
            #expect(details.options.flag("mailing_list_mode") == true)
            #expect(details.options.flag("email_digests") == false)
            let taken = try await send("username", [("new_username", "nora")])
            #expect(taken.status == 422 && taken.text.contains("value=\"nora\""))
            #expect(taken.text.contains("id=\"field-new-username-error\""))
            let profile = try await send(
                "profile",
                [("name", "Mia"), ("bio_raw", "Hello *there*")]
            )
            #expect(profile.status == 303)
            #expect(try await web.community.user(named: "mia")?.bioRaw == "Hello *there*")
            #expect(try await send("sessions/revoke", []).status == 303)
            #expect(try await web.community.authenticate(sessionToken: other) == nil)
            #expect(try await web.community.authenticate(sessionToken: session) != nil)
            #expect(try await send("apps/revoke", [("id", "1")]).status == 404)
        }
    }

    @Test func `log-in, log-out and sign-up keep what was typed`() async throws {
        try await WebSite.with { web in
            _ = try await web.site.member("mia")
            let wrong = try await submit(
                web,
                "/forms/log-in",
                [("login", "mia"), ("password", "not it"), ("return_path", "/t/1?page=2")]
            )
            #expect(wrong.status == 403 && wrong.text.contains("value=\"mia\""))
            #expect(!wrong.text.contains("not it") && wrong.text.contains("/t/1?page=2"))
            let right = try await submit(
                web,
                "/forms/log-in",
                [
                    ("login", "mia"), ("password", TestCommunity.password),
                    ("return_path", "/t/1?page=2"),
                ]
            )
            #expect(right.status == 303 && right.headers[.location] == "/t/1?page=2")
            let session = try #require(right.cookie("_t"))
            let out = try await submit(web, "/forms/log-out", [], session: session)
            #expect(out.status == 303)
            #expect(try await web.community.authenticate(sessionToken: session) == nil)
            let snare = SignUpSnare(community: web.community)
            let words = [
                ("password_confirmation", snare.value("here")),
                ("challenge", String(snare.challenge("here").reversed())),
            ]
            let fields = [
                ("email", "nora@example.org"), ("username", "nora"), ("name", "Nora N"),
            ]
            let weak = try await submit(
                web,
                "/forms/sign-up",
                fields + words + [("password", "short")]
            )
            #expect(weak.status == 422 && weak.text.contains("value=\"Nora N\""))
            #expect(weak.text.contains("id=\"field-password-error\""))
            let long = [("password", "a rather long password")]
            let robot = try await submit(web, "/forms/sign-up", fields + long)
            #expect(robot.status == 200)
            #expect(try await web.community.user(named: "nora") == nil)
            let done = try await submit(web, "/forms/sign-up", fields + words + long)
            #expect(done.text == robot.text)
            #expect(try await web.community.user(named: "nora") != nil)
        }
    }

    @Test func `pages of members are kept nowhere, those of visitors carry no token`() async throws
    {
        try await WebSite.with { web in
            let member = try await web.site.member("mia")
            let made = try await web.topic(by: web.boss)
            let session = try await session(web, member)
            for path in ["/", "/latest", "/t/\(made.topic)"] {
                let own = try await open(web, path, as: .session(session))
                #expect(own.headers[.cacheControl]?.contains("no-store") == true, "\(path)")
                #expect(own.text.contains("authenticity_token"))
                for _ in 0..<2 {
                    let page = try await open(web, path)
                    #expect(!page.text.contains("authenticity_token"), "\(path)")
                    #expect(!page.text.contains("mia"), "\(path)")
                    #expect(page.cookie("_forum_session") == nil, "\(path)")
                }
            }
            let page = try await open(web, "/latest")
            let style = try #require(
                page.text.firstMatch(of: #/href="(/stylesheets/[^"]+)"/#)?.output.1
            )
            let sheet = try await web.send(.get, String(style))
            #expect(sheet.headers[.contentType] == "text/css; charset=utf-8")
            #expect(sheet.headers[.cacheControl]?.contains("immutable") == true)
        }
    }
}
