import Forum
import TestSupport
import Testing

@Suite struct ChangeEmailTests {
    @Test func `a new address counts once it is confirmed, and ends other sessions`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let here = try await site.community.openSession(for: anna)
            let elsewhere = try await site.community.openSession(for: anna)
            try await site.community.requestEmailChange(
                of: "anna",
                to: "New@Example.com",
                by: anna
            )
            var emails = try await site.community.emails(of: "anna", by: anna)
            #expect(emails.primary == "anna@example.com")
            #expect(emails.unconfirmed == ["new@example.com"])
            let mails = try await AccountMails.take(site)
            #expect(mails.map(\.to).sorted() == ["anna@example.com", "new@example.com"])
            let old = try #require(mails.first { $0.type == "notify_old_email" })
            #expect(!old.text.contains("new@example.com"))
            let link = try #require(mails.first { $0.type == "confirm_new_email" })
            try await site.community.confirmEmail(token: link.token, keepingSession: here)
            emails = try await site.community.emails(of: "anna", by: anna)
            #expect(emails.primary == "new@example.com")
            #expect(emails.unconfirmed.isEmpty)
            #expect(try await site.community.authenticate(sessionToken: here) != nil)
            #expect(try await site.community.authenticate(sessionToken: elsewhere) == nil)
            #expect(try await AccountMails.take(site).map(\.type) == ["email_changed"])
            await #expect(throws: ForumError.self) {
                try await site.community.confirmEmail(token: link.token)
            }
        }
    }

    @Test func `the address of somebody else is not told apart, and not given`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            _ = try await site.member("bert")
            try await site.community.requestEmailChange(
                of: "anna",
                to: "bert@example.com",
                by: anna
            )
            let emails = try await site.community.emails(of: "anna", by: anna)
            #expect(emails.unconfirmed == ["bert@example.com"])
            let types = try await AccountMails.take(site).map(\.type).sorted()
            #expect(types == ["account_exists", "notify_old_email"])
        }
    }

    @Test func `nobody but the person and administrators changes or reads addresses`() async throws
    {
        try await TestCommunity.with { site in
            _ = try await site.member("anna")
            let bert = try await site.member("bert")
            let moderator = try await site.moderator()
            let boss = try await site.admin()
            for principal in [bert, moderator] {
                await #expect(throws: ForumError.forbidden) {
                    try await site.community.requestEmailChange(
                        of: "anna",
                        to: "x@example.com",
                        by: principal
                    )
                }
            }
            await #expect(throws: ForumError.forbidden) {
                _ = try await site.community.emails(of: "anna", by: bert)
            }
            try await site.community.requestEmailChange(of: "anna", to: "x@example.com", by: boss)
            await #expect(throws: ForumError.self) {
                try await site.community.requestEmailChange(of: "anna", to: "none", by: boss)
            }
        }
    }

    @Test func `a second address can become the first`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            try await site.community.requestEmailChange(
                of: "anna",
                to: "two@example.com",
                primary: false,
                by: anna
            )
            let link = try #require(try await AccountMails.take(site).first)
            try await site.community.confirmEmail(token: link.token)
            try await site.community.makePrimary("two@example.com", of: "anna", by: anna)
            let emails = try await site.community.emails(of: "anna", by: anna)
            #expect(emails.primary == "two@example.com")
            #expect(emails.secondary == ["anna@example.com"])
            try await site.community.removeEmail("anna@example.com", of: "anna", by: anna)
            await #expect(throws: ForumError.notFound) {
                try await site.community.removeEmail("two@example.com", of: "anna", by: anna)
            }
        }
    }
}
