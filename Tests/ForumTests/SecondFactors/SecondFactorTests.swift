import Cryptography
import Forum
import Postgres
import TestSupport
import Testing

@Suite struct SecondFactorTests {
    /// Somebody with an authenticator, in a confirmed session.
    struct Member {
        let principal: Principal
        let session: String
        let secret: [UInt8]

        func code(_ site: TestCommunity, step: Int64 = 0) -> String {
            let now = OneTimeCode.step(at: site.clock.now.secondsSince1970)
            return OneTimeCode.code(secret: secret, step: now + step)
        }

        func proof(_ site: TestCommunity, step: Int64 = 0) -> SecondFactorProof? {
            SecondFactorProof(token: code(site, step: step), method: 1)
        }
    }

    static func member(_ site: TestCommunity, _ name: String = "anna") async throws -> Member {
        // In the middle of a step, so that the test never sees it end.
        site.clock.set(Timestamp(secondsSince1970: 1_800_000_015.0))
        let principal = try await site.member(name)
        let session = try await site.community.openSession(for: principal)
        _ = try await confirm(site, principal, session)
        let staged = try await site.community.stageAuthenticator(by: principal, session: session)
        let secret = try #require(Base32.decode(staged.key.filter { $0 != " " }.lowercased()))
        let member = Member(principal: principal, session: session, secret: secret)
        #expect(
            try await site.community.enableAuthenticator(
                named: "Phone",
                code: member.code(site, step: -1),
                by: principal,
                session: session
            )
        )
        return member
    }

    private static func confirm(
        _ site: TestCommunity,
        _ principal: Principal,
        _ session: String,
        _ proof: SecondFactorProof? = nil,
        password: String = TestCommunity.password
    ) async throws -> ConfirmationOutcome {
        try await site.community.confirmSession(
            session,
            of: principal,
            password: password,
            secondFactor: proof,
            clientIP: nil
        )
    }

    private func logIn(
        _ site: TestCommunity,
        _ proof: SecondFactorProof?,
        password: String = TestCommunity.password
    ) async throws -> LogInOutcome {
        try await site.community.logIn(login: "anna", password: password, secondFactor: proof)
    }

    private func refusal(_ outcome: LogInOutcome) -> SecondFactorRefusal.Reason? {
        guard case .secondFactorWanted(let refusal, _) = outcome else { return nil }
        return refusal.reason
    }

    @Test func `a password alone is not enough any more, and is not told from a wrong one first`()
        async throws
    {
        try await TestCommunity.with { site in
            let anna = try await Self.member(site)
            #expect(refusal(try await logIn(site, nil)) == .invalidMethod)
            #expect(try await logIn(site, nil, password: "wrong") == .invalidCredentials)
            let right = anna.proof(site)
            #expect(try await logIn(site, right, password: "wrong") == .invalidCredentials)
            guard case .loggedIn(_, let principal) = try await logIn(site, right) else {
                Issue.record("the right code did not let in")
                return
            }
            #expect(principal == anna.principal)
        }
    }

    @Test func `a code counts once, whichever of two comes first`() async throws {
        try await TestCommunity.with { site in
            let anna = try await Self.member(site)
            // The code that turned the authenticator on is used up.
            let used = anna.proof(site, step: -1)
            #expect(refusal(try await logIn(site, used)) == .invalidCode)
            let proof = anna.proof(site)
            let outcomes = try await withThrowingTaskGroup(of: LogInOutcome.self) { group in
                for _ in 0..<5 { group.addTask { try await logIn(site, proof) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { if case .loggedIn = $0 { true } else { false } } == 1)
            #expect(outcomes.count { refusal($0) == .invalidCode } == 4)
            // A clock that is ahead: its step counts, the one before does not any more.
            site.clock.advance(seconds: 60)
            guard case .loggedIn = try await logIn(site, anna.proof(site, step: 1)) else {
                Issue.record("the next step did not let in")
                return
            }
            #expect(refusal(try await logIn(site, anna.proof(site))) == .invalidCode)
        }
    }

    @Test func `wrong codes are counted for the account, however they come`() async throws {
        try await TestCommunity.with { site in
            let anna = try await Self.member(site)
            for number in 0..<6 {
                let wrong = SecondFactorProof(token: "00000\(number)", method: 1)
                #expect(refusal(try await logIn(site, wrong)) == .invalidCode)
            }
            let error = try await #require(throws: ForumError.self) {
                try await logIn(site, anna.proof(site))
            }
            #expect(error.code == .rateLimited)
            site.clock.advance(seconds: 121)
            guard case .loggedIn = try await logIn(site, anna.proof(site)) else {
                Issue.record("the door stayed closed")
                return
            }
        }
    }

    @Test func `methods that are none or not there`() async throws {
        try await TestCommunity.with { site in
            _ = try await Self.member(site)
            for (method, reason) in [
                (nil, SecondFactorRefusal.Reason.invalidMethod), (0, .invalidMethod),
                (99, .invalidMethod), (2, .methodNotEnabled), (3, .methodNotEnabled),
            ] {
                let proof = SecondFactorProof(token: "123456", method: method)
                #expect(refusal(try await logIn(site, proof)) == reason)
            }
        }
    }

    @Test func `a backup code counts once and not for others`() async throws {
        try await TestCommunity.with { site in
            let anna = try await Self.member(site)
            let bert = try await Self.member(site, "bert")
            let codes = try await site.community.makeBackupCodes(
                by: anna.principal,
                session: anna.session
            )
            let others = try await site.community.makeBackupCodes(
                by: bert.principal,
                session: bert.session
            )
            #expect(Set(codes).count == 10)
            let foreign = SecondFactorProof(anyOf: others[0])
            #expect(refusal(try await logIn(site, foreign)) == .invalidCode)
            // As somebody might type it.
            let typed = codes[0].prefix(8).uppercased() + "-" + codes[0].dropFirst(8)
            guard case .loggedIn = try await logIn(site, SecondFactorProof(anyOf: typed)) else {
                Issue.record("a backup code did not let in")
                return
            }
            #expect(
                refusal(try await logIn(site, SecondFactorProof(anyOf: codes[0]))) == .invalidCode
            )
            let state = try await site.community.secondFactors(of: anna.principal.id)
            #expect(state.backupCodes == 9)
            _ = try await site.community.makeBackupCodes(by: anna.principal, session: anna.session)
            #expect(
                refusal(try await logIn(site, SecondFactorProof(anyOf: codes[1]))) == .invalidCode
            )
        }
    }

    @Test func `a page may ask for the code after the password`() async throws {
        try await TestCommunity.with { site in
            let anna = try await Self.member(site)
            guard case .secondFactorWanted(_, let ticket) = try await logIn(site, nil) else {
                Issue.record("no second factor was wanted")
                return
            }
            let community = site.community
            let wrong = SecondFactorProof(token: "000000", method: 1)
            #expect(
                refusal(try await community.logIn(ticket: ticket, secondFactor: wrong))
                    == .invalidCode
            )
            for forged in ["", "x", "1-2-3", ticket + "0", "9" + ticket] {
                let outcome = try await community.logIn(
                    ticket: forged,
                    secondFactor: anna.proof(site)
                )
                #expect(outcome == .invalidCredentials)
            }
            guard
                case .loggedIn = try await community.logIn(
                    ticket: ticket,
                    secondFactor: anna.proof(site)
                )
            else {
                Issue.record("the ticket did not count")
                return
            }
            site.clock.advance(seconds: 601)
            #expect(
                try await community.logIn(ticket: ticket, secondFactor: anna.proof(site))
                    == .invalidCredentials
            )
        }
    }

    @Test func `a ticket ends with the password`() async throws {
        try await TestCommunity.with { site in
            let anna = try await Self.member(site)
            guard case .secondFactorWanted(_, let ticket) = try await logIn(site, nil) else {
                Issue.record("no second factor was wanted")
                return
            }
            try await site.community.changePassword(
                of: anna.principal.id,
                to: "quite another secret 9",
                by: anna.principal
            )
            #expect(
                try await site.community.logIn(ticket: ticket, secondFactor: anna.proof(site))
                    == .invalidCredentials
            )
        }
    }

    @Test func `links in mails ask for it as well`() async throws {
        try await TestCommunity.with { site in
            let anna = try await Self.member(site)
            let community = site.community
            let link = try #require(try await community.passwordResetToken(login: "anna"))
            #expect(try await community.secondFactors(ofLink: link.token)?.isOn == true)
            await #expect(throws: SecondFactorRefusal.self) {
                try await community.resetPassword(
                    token: link.token,
                    to: "quite another secret 9"
                )
            }
            _ = try await community.resetPassword(
                token: link.token,
                to: "quite another secret 9",
                secondFactor: anna.proof(site)
            )
            #expect(
                refusal(try await logIn(site, nil, password: "quite another secret 9"))
                    == .invalidMethod
            )
        }
    }

    @Test func `only a session that was confirmed changes factors`() async throws {
        try await TestCommunity.with { site in
            let anna = try await Self.member(site)
            let community = site.community
            let other = try await community.openSession(for: anna.principal)
            for session in [nil, "", other, String(repeating: "0", count: 64)] {
                let error = try await #require(throws: ForumError.self) {
                    try await community.removeSecondFactors(by: anna.principal, session: session)
                }
                #expect(error.code == .forbidden)
            }
            #expect(
                try await Self.confirm(site, anna.principal, other, password: "wrong")
                    == .wrongPassword
            )
            guard
                case .secondFactorWanted = try await Self.confirm(site, anna.principal, other)
            else {
                Issue.record("the password alone confirmed a session")
                return
            }
            #expect(
                try await Self.confirm(site, anna.principal, other, anna.proof(site))
                    == .confirmed
            )
            // Somebody else's session is not theirs to confirm.
            let bert = try await site.member("bert")
            await #expect(throws: ForumError.self) {
                try await Self.confirm(site, bert, other)
            }
            site.clock.advance(seconds: 901)
            #expect(try await !community.isConfirmed(other, of: anna.principal))
        }
    }

    @Test func `the last authenticator takes the backup codes with it, and a mail tells`()
        async throws
    {
        try await TestCommunity.with { site in
            let anna = try await Self.member(site)
            let community = site.community
            _ = try await community.makeBackupCodes(by: anna.principal, session: anna.session)
            let listed = try await community.authenticators(
                of: anna.principal,
                session: anna.session
            )
            let id = try #require(listed.first).id
            let bert = try await Self.member(site, "bert")
            let error = try await #require(throws: ForumError.self) {
                try await community.removeAuthenticator(
                    id,
                    by: bert.principal,
                    session: bert.session
                )
            }
            #expect(error.code == .notFound)
            try await community.renameAuthenticator(
                id,
                to: "Old phone",
                by: anna.principal,
                session: anna.session
            )
            try await community.removeAuthenticator(
                id,
                by: anna.principal,
                session: anna.session
            )
            #expect(
                try await community.secondFactors(of: anna.principal.id)
                    == SecondFactorState(authenticators: 0, backupCodes: 0)
            )
            let mails = try await site.database.pool.values(
                "SELECT user_id FROM outgoing_emails WHERE email_type = 'account_second_factor_disabled'",
                as: Int64.self
            )
            #expect(mails == [anna.principal.id.value])
            guard case .loggedIn = try await logIn(site, nil) else {
                Issue.record("the password alone did not let in again")
                return
            }
        }
    }

    @Test func `staff takes a lost factor away, members do not`() async throws {
        try await TestCommunity.with { site in
            let anna = try await Self.member(site)
            let boss = try await site.admin()
            let bert = try await site.member("bert")
            await #expect(throws: ForumError.self) {
                try await site.community.disableSecondFactor(of: anna.principal.id, by: bert)
            }
            let detail = try await site.community.staffUser(anna.principal.id, for: boss)
            #expect(detail.permissions.canDisableSecondFactor)
            try await site.community.disableSecondFactor(of: anna.principal.id, by: boss)
            let error = try await #require(throws: ForumError.self) {
                try await site.community.disableSecondFactor(of: anna.principal.id, by: boss)
            }
            #expect(error.code == .malformed)
            let log = try await site.community.staffActions(StaffLogFilter(), for: boss)
            #expect(log.first?.action == "disabled_second_factor")
        }
    }

    @Test func `the secret is not in the database, and is lost without the key file`()
        async throws
    {
        try await TestCommunity.with { site in
            let anna = try await Self.member(site)
            let stored = try await site.database.pool.values(
                "SELECT sealed_secret FROM second_factor_authenticators",
                as: [UInt8].self
            )
            #expect(stored.count == 1)
            #expect(!Hex.encode(stored[0]).contains(Hex.encode(anna.secret)))
            let elsewhere = try await TestCommunity.open(site.database, clock: site.clock)
            let error = try await #require(throws: ForumError.self) {
                try await logIn(elsewhere, anna.proof(site))
            }
            #expect(error.code == .unavailable)
        }
    }
}
