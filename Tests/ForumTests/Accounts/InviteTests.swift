import Forum
import TestSupport
import Testing

@Suite struct InviteTests {
    private func wish(email: String? = nil) -> InviteWish {
        var wish = InviteWish()
        wish.email = email
        return wish
    }

    private func guest(_ name: String, email: String? = nil, token: String? = nil) -> NewGuest {
        NewGuest(
            username: name,
            password: TestCommunity.password,
            email: email,
            emailToken: token
        )
    }

    @Test func `the mailed link proves the address and leads into group and topic`() async throws {
        try await TestCommunity.with(settings: ["invite_only": "true"]) { site in
            let boss = try await site.admin()
            let group = try await site.group("crew")
            let message = try await site.community.createTopic(
                NewTopic(
                    title: "Only for us",
                    raw: "A message that is long enough.",
                    recipients: ["boss"]
                ),
                by: boss
            )
            var wish = wish(email: "Guest@Example.com")
            wish.groupNames = ["crew"]
            wish.topicID = message.topicID
            let view = try await site.community.createInvite(wish, by: boss)
            #expect(view.groups.map(\.id) == [group.id])
            #expect(view.topic?.id == message.topicID)
            let mail = try #require(try await AccountMails.take(site).first)
            #expect(mail.to == "guest@example.com")
            let key = view.invite.key
            // The key alone does not show the address.
            let offer = try await site.community.inviteOffer(key: key, emailToken: nil)
            #expect(!offer.isAddressProved)
            let user = try await site.community.redeemInvite(
                key: key,
                guest("guest", token: mail.token)
            )
            #expect(user.isActive)
            let principal = try #require(try await site.community.principal(for: user.id))
            #expect(principal.groupIDs.contains(group.id.value))
            let topic = try await site.community.topicAccess(
                message.topicID,
                for: .member(principal)
            )
            #expect(topic.id == message.topicID)
            await #expect(throws: ForumError.self) {
                _ = try await site.community.redeemInvite(key: key, guest("again"))
            }
        }
    }

    @Test func `a guest without the mail's link has to confirm the address`() async throws {
        try await TestCommunity.with { site in
            let boss = try await site.admin()
            let view = try await site.community.createInvite(
                wish(email: "guest@example.com"),
                by: boss
            )
            _ = try await AccountMails.take(site)
            let user = try await site.community.redeemInvite(
                key: view.invite.key,
                guest("guest", email: "thief@example.com", token: String(repeating: "0", count: 64))
            )
            #expect(!user.isActive)
            let mail = try #require(try await AccountMails.take(site).first)
            #expect(mail.type == "signup")
            #expect(mail.to == "guest@example.com")
        }
    }

    @Test func `a link counts its uses, ends, and may be for one domain`() async throws {
        try await TestCommunity.with { site in
            let boss = try await site.admin()
            var wish = wish()
            wish.maxRedemptions = 2
            wish.domain = "example.org"
            let key = try await site.community.createInvite(wish, by: boss).invite.key
            await #expect(throws: ForumError.self) {
                _ = try await site.community.redeemInvite(
                    key: key,
                    guest("far", email: "far@example.com")
                )
            }
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for number in 1...5 {
                    group.addTask {
                        do {
                            _ = try await site.community.redeemInvite(
                                key: key,
                                guest("near\(number)", email: "near\(number)@example.org")
                            )
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(outcomes == 2)
            let other = try await site.community.createInvite(self.wish(), by: boss).invite.key
            site.clock.advance(seconds: 31 * 86_400)
            await #expect(throws: ForumError.self) {
                _ = try await site.community.redeemInvite(
                    key: other,
                    guest("late", email: "late@example.org")
                )
            }
            try await site.community.deleteExpiredInvites(by: boss)
            let (_, counts) = try await site.community.invites(
                of: "boss",
                .expired,
                offset: 0,
                by: boss
            )
            #expect((counts.pending, counts.expired, counts.redeemed) == (0, 0, 2))
        }
    }

    @Test func `who may invite, where to, and how often`() async throws {
        try await TestCommunity.with(settings: ["max_invites_per_day": "1"]) { site in
            let boss = try await site.admin()
            let anna = try await site.member("anna", trustLevel: 2)
            let newcomer = try await site.member("bert", trustLevel: 1)
            _ = try await site.group("crew")
            await #expect(throws: ForumError.forbidden) {
                _ = try await site.community.createInvite(self.wish(email: "a@b.org"), by: newcomer)
            }
            var toGroup = wish(email: "a@b.org")
            toGroup.groupNames = ["crew"]
            await #expect(throws: ForumError.self) {
                _ = try await site.community.createInvite(toGroup, by: anna)
            }
            // Only staff learns that an address has an account; no mail goes there.
            await #expect(throws: ForumError.self) {
                _ = try await site.community.createInvite(
                    self.wish(email: "bert@example.com"),
                    by: boss
                )
            }
            let view = try await site.community.createInvite(
                wish(email: "bert@example.com"),
                by: anna
            )
            #expect(try await AccountMails.take(site).isEmpty)
            await #expect(throws: ForumError.self) {
                _ = try await site.community.createInvite(self.wish(email: "c@b.org"), by: anna)
            }
            await #expect(throws: ForumError.notFound) {
                try await site.community.deleteInvite(view.invite.id.value, by: newcomer)
            }
            await #expect(throws: ForumError.forbidden) {
                _ = try await site.community.invites(of: "anna", .pending, offset: 0, by: newcomer)
            }
        }
    }
}
