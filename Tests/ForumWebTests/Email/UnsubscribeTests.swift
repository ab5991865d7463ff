import Forum
import ForumAPI
import HTTPTypes
import TestSupport
import Testing

@testable import ForumWeb

@Suite struct UnsubscribeTests {
    /// A topic that mia watches, and the address in her mail about it.
    private func mailed(_ web: WebSite) async throws -> (topic: TopicID, uri: String) {
        let author = try await web.site.member("author")
        let mia = try await web.site.member("mia")
        let made = try await web.topic(by: author, title: "Mails & <more> of them")
        try await web.community.setNotificationLevel(.watching, topic: made.topic, by: mia)
        let post = try await web.reply(to: made.topic, by: author, "News for those who watch.")
        try await web.dispatch()
        let mail = try #require(
            try await web.community.claimOutgoingEmails(limit: 10, leaseSeconds: 60)
                .first { $0.postID == post }
        )
        guard case .send(_, let keys) = try await web.community.decide(on: mail) else {
            Issue.record("no mail is sent")
            throw ForumError.notFound
        }
        return (made.topic, "/email/unsubscribe/\(keys.unsubscribe.text)")
    }

    @Test func `reading the address changes nothing, posting to it stops the mails`() async throws {
        try await WebSite.with { web in
            let (topic, uri) = try await mailed(web)
            let page = try await web.send(.get, uri)
            #expect(page.status == 200)
            #expect(page.headers[.contentType] == "text/html; charset=utf-8")
            #expect(page.text.contains(#"<form method="post" action="\#(uri)" "#))
            #expect(page.text.contains("Mails &amp; &lt;more&gt; of them"))
            #expect(page.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
            #expect(try await level(web, topic) == 3)
            // As a mail program does it (RFC 8058): no cookie, no token.
            let done = try await web.send(
                .post,
                uri,
                form: "List-Unsubscribe=One-Click",
                hasToken: false
            )
            #expect(done.status == 200)
            #expect(try await level(web, topic) < 3)
            let again = try await web.send(.post, uri, hasToken: false)
            #expect(again.status == 200)
        }
    }

    private func level(_ web: WebSite, _ topic: TopicID) async throws -> Int {
        let answer = try await web.send(.get, "/t/\(topic).json", as: .member("mia"))
        return try #require(try answer.json["details"]?["notification_level"]?.intValue)
    }
}
