import Forum
import Postgres
import TestSupport
import Testing

/// Links in mails: who gets one, what it is good for, and what ends it.
@Suite struct RecoveryTests {
    private static let other = "a quite different one"

    private func newUser(_ name: String, email: String) -> NewUser {
        NewUser(username: name, email: email, password: TestCommunity.password)
    }

    @Test func `a visitor confirms the address by the mailed link, once`() async throws {
        try await TestCommunity.with { site in
            let new = newUser("anna", email: "anna@example.com")
            guard case .made(let user) = try await site.community.signUp(new, by: nil) else {
                Issue.record("no account was made")
                return
            }
            let mail = try #require(try await AccountMails.take(site).first)
            #expect(mail.type == "signup")
            #expect(mail.to == "anna@example.com")
            #expect(mail.link?.hasPrefix("http://forum.example/u/activate-account/") == true)
            #expect(try await site.community.isActivationLink(mail.token))
            // A link is for one purpose.
            #expect(try await !site.community.isPasswordLink(mail.token))
            await #expect(throws: ForumError.self) {
                try await site.community.resetPassword(token: mail.token, to: Self.other)
            }
            let active = try await site.community.activateUser(token: mail.token)
            #expect(active.id == user.id)
            #expect(active.isActive)
            await #expect(throws: ForumError.self) {
                try await site.community.activateUser(token: mail.token)
            }
            try await site.community.resendActivation(login: "anna")
            #expect(try await AccountMails.take(site).isEmpty)
        }
    }

    @Test func `an address with an account is not told apart at the door`() async throws {
        try await TestCommunity.with { site in
            _ = try await site.member("anna")
            let new = newUser("copy", email: "anna@example.com")
            guard case .concealed = try await site.community.signUp(new, by: nil) else {
                Issue.record("the visitor learns of the account")
                return
            }
            let mail = try #require(try await AccountMails.take(site).first)
            #expect(mail.type == "account_exists")
            #expect(mail.to == "anna@example.com")
            // Free names would tell, too.
            #expect(try await site.community.verdict(onName: "copy") != .free)
            site.clock.advance(seconds: 3 * 86_400)
            try await site.community.keepAccounts()
            #expect(try await site.community.verdict(onName: "copy") == .free)
        }
    }

    @Test func `a forgotten password is set by the mailed link, once`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            #expect(try await site.community.requestPasswordReset(login: "ANNA"))
            #expect(try await site.community.requestPasswordReset(login: "anna@example.com"))
            #expect(try await !site.community.requestPasswordReset(login: "nobody"))
            #expect(try await !site.community.requestPasswordReset(login: "no@example.com"))
            let mails = try await AccountMails.take(site)
            #expect(mails.map(\.to) == ["anna@example.com", "anna@example.com"])
            let token = mails[0].token
            await #expect(throws: ForumError.self) {
                try await site.community.resetPassword(token: token, to: "short")
            }
            await #expect(throws: ForumError.self) {
                try await site.community.resetPassword(
                    token: token,
                    to: Self.other,
                    username: "boss"
                )
            }
            let owner = try await site.community.resetPassword(token: token, to: Self.other)
            #expect(owner == anna.id)
            for mail in mails {
                await #expect(throws: ForumError.self) {
                    try await site.community.resetPassword(token: mail.token, to: Self.other)
                }
            }
        }
    }

    @Test func `a link ends with its time, and mails with their number`() async throws {
        try await TestCommunity.with { site in
            _ = try await site.member("anna")
            for _ in 0..<10 {
                #expect(try await site.community.requestPasswordReset(login: "anna"))
            }
            let mails = try await AccountMails.take(site)
            #expect(mails.count == 6)
            site.clock.advance(seconds: 3601)
            await #expect(throws: ForumError.self) {
                try await site.community.resetPassword(token: mails[0].token, to: Self.other)
            }
        }
    }

    @Test func `no secret of a link stands in the database`() async throws {
        try await TestCommunity.with { site in
            _ = try await site.member("anna")
            try await site.community.requestPasswordReset(login: "anna")
            let token = try #require(try await AccountMails.take(site).first?.token)
            let texts = try await site.database.pool.values(
                "SELECT t::text FROM account_tokens t UNION ALL SELECT o::text FROM outgoing_emails o",
                as: String.self
            )
            #expect(texts.count == 2)
            #expect(texts.allSatisfy { !$0.contains(token) })
        }
    }

    @Test func `a new password takes back what was asked for before`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            try await site.community.requestPasswordReset(login: "anna")
            try await site.community.changePassword(of: anna.id, to: Self.other, by: anna)
            #expect(try await AccountMails.take(site).isEmpty)
        }
    }
}
