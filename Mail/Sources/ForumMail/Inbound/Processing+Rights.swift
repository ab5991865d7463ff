import Forum
import MailMessage
import Postgres

/// What the sender of a mail may do, by how much is proved of them.
extension Processing {
    /// Who acts: as staff only where somebody vouches for the sender. A From field alone is anybody's.
    func acting(_ principal: Principal) -> Principal {
        authentication.isProved ? principal : principal.withoutStaffRights
    }

    /// Whether a filter before us calls the mail spam (Discourse's `email_in_spam_header`).
    var isSpam: Bool {
        let name = community.settings.current.emailInSpamHeader
        guard let value = message.headers.text(name)?.lowercased().trimmed else { return false }
        return switch name {
        case "X-Spam-Flag": value == "yes"
        case "X-Spam-Status": value.hasPrefix("yes,")
        case "X-SES-Spam-Verdict": value == "fail"
        default: false
        }
    }

    /// Why staff has to see the post first, or `nil`.
    ///
    /// - Parameters:
    ///   - isReply: Whether a key has named the author already.
    ///   - canWait: Whether there is a queue for it; without one it is refused.
    func holdReason(
        for principal: Principal,
        isReply: Bool,
        canWait: Bool
    ) throws(Rejection) -> String? {
        let settings = community.settings.current
        if isSpam {
            guard canWait else {
                throw refusal(.markedAsSpam, .refusedSpam)
            }
            return "email_spam"
        }
        switch authentication.verdict {
        case .pass: return nil
        case .fail:
            guard canWait, settings.emailInForgedSender == "hold" else { throw forged }
            return "email_auth_res_enqueue"
        case .gray:
            let isUnproved =
                authentication.isChecked && settings.emailInHoldUnproved
                && (principal.isStaff || !isReply)
            guard isUnproved, canWait else { return nil }
            return "email_auth_res_enqueue"
        }
    }

    /// What takes effect at once is not done for a forger.
    func refuseForged() throws(Rejection) {
        guard authentication.verdict != .fail, !isSpam else { throw forged }
    }

    private var forged: Rejection { refusal(.forgedSender, .refusedForged) }

    /// Whoever sends spam is kept from writing more until staff has looked.
    func posting(
        by principal: Principal,
        _ create: () async throws -> CreatedPost
    ) async throws -> CreatedPost {
        do {
            return try await create()
        } catch let held as HeldPost {
            if isSpam {
                let penalty = Penalty(
                    until: community.clock() + 1000 * 365.25 * 86_400,
                    reason: "A mail of this account was marked as spam."
                )
                try await community.silenceUser(principal.id, penalty, by: .system)
            }
            throw held
        }
    }
}

extension Principal {
    /// The same person as an ordinary member, in the same groups.
    var withoutStaffRights: Principal {
        Principal(
            id: id,
            username: username,
            trustLevel: trustLevel,
            isStaged: isStaged,
            isSilenced: isSilenced,
            groupIDs: groupIDs
        )
    }
}
