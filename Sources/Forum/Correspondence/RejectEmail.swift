import Foundation
import Postgres

/// Why a mail was refused, for its sender.
package struct EmailRefusal: Codable, Sendable {
    package var incoming: Int64
    /// In a few words, for the subject.
    package var title: String
    /// What happened.
    package var message: String
    /// What to do now.
    package var advice: String

    package init(
        _ incoming: IncomingEmailID,
        title: String,
        message: String,
        advice: String
    ) {
        self.incoming = incoming.value
        self.title = title
        self.message = message
        self.advice = advice
    }
}

extension Community {
    /// Tells a sender why their mail was refused: at most once a day for each kind of reason. Whether
    /// the address is really the sender's is for the caller to know.
    ///
    /// - Parameter reason: Discourse's class of the refusal.
    package func tellRefusal(
        _ refusal: EmailRefusal,
        reason: String,
        to address: String
    ) async throws {
        let data = String(decoding: try JSONEncoder().encode(refusal), as: UTF8.self)
        try await queue(
            .rejection,
            to: address,
            data: data.replacing("\\u0000", with: ""),
            about: reason,
            perDay: Limits.rejectionMailsPerDay
        )
    }

    func decideRejection(_ email: OutgoingEmail) async throws -> NotificationEmailDecision {
        let refusal = try JSONDecoder().decode(EmailRefusal.self, from: Data(email.data.utf8))
        let id = IncomingEmailID(refusal.incoming)
        guard let mail: IncomingEmail = try await database.first(IncomingEmailQueries.one(id))
        else {
            return .skip("the refused mail is gone")
        }
        let words = try await words(for: account(email: email.toAddress)?.principal.id)
        let sorry =
            mail.subject.map { words(.rejectionSorryAbout, mail.recipient, $0) }
            ?? words(.rejectionSorry, mail.recipient)
        return .notice(
            NoticeEmail(
                recipientName: "",
                subject: words(.rejectionSubject, subjectPrefix, refusal.title),
                paragraphs: [sorry, refusal.message, refusal.advice],
                link: nil,
                closing: [words(.rejectionAttached)],
                answered: AnsweredEmail(
                    messageID: mail.messageID,
                    header: Self.header(of: try await rawEmail(id))
                )
            )
        )
    }

    /// The fields of a mail, as they came, up to a size that nobody minds.
    private static func header(of raw: [UInt8]) -> [UInt8] {
        let text = String(decoding: raw.prefix(Limits.returnedHeaderBytes), as: UTF8.self)
            .replacing("\r\n", with: "\n")
        let end = text.firstRange(of: "\n\n")?.lowerBound ?? text.endIndex
        return Array((text[..<end] + "\n").utf8)
    }
}
