import Forum
import TestSupport

/// Reads the mails about accounts as the sender would write them.
struct AccountMails {
    struct Mail {
        let type: String
        let to: String
        let text: String
        let link: String?

        /// What stands behind the last slash or `t=` of the link.
        var token: String {
            let link = link ?? ""
            let end = link.lastIndex { $0 == "/" || $0 == "=" }
            return end.map { String(link[link.index(after: $0)...]) } ?? ""
        }
    }

    /// Every mail that waits, oldest first; mails that are not worth sending are left out.
    static func take(_ site: TestCommunity) async throws -> [Mail] {
        var mails: [Mail] = []
        for email in try await site.community.claimOutgoingEmails(limit: 100, leaseSeconds: 60) {
            if case .notice(let notice) = try await site.community.decide(on: email) {
                mails.append(
                    Mail(
                        type: email.emailType,
                        to: email.toAddress,
                        text: notice.paragraphs.joined(separator: "\n"),
                        link: notice.link
                    )
                )
            }
            try await site.community.finishEmail(email.id, sentAs: "m", response: "250")
        }
        return mails
    }
}
