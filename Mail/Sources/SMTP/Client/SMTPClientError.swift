/// Why a mail did not reach the relay's keeping.
package struct SMTPClientError: Error, Hashable {
    /// Whether it makes sense to try again.
    package enum Kind: Sendable, Hashable {
        /// 4xx, network, time-out, and everything that is between us and the relay rather than
        /// between the relay and this mail: greeting, TLS, AUTH.
        case temporary
        /// The relay has refused this sender, recipient or mail with 5xx, or the mail cannot be
        /// sent by SMTP at all.
        case permanent
    }

    /// How far it had come.
    package enum Stage: String, Sendable, Hashable {
        case check
        case connect
        case greeting
        case hello
        case tls
        case authentication
        case sender
        case recipient
        /// Between DATA and the last octet.
        case data
        /// Behind the final dot: without a reply the relay may have the mail or not.
        case end
    }

    package var kind: Kind
    package var stage: Stage
    /// What the relay said, when it said something.
    package var reply: SMTPReply?
    /// For the log: what happened, when no reply says it.
    package var reason: String
    /// The recipient that was refused.
    package var recipient: String?

    package init(
        kind: Kind,
        stage: Stage,
        reply: SMTPReply? = nil,
        reason: String,
        recipient: String? = nil
    ) {
        self.kind = kind
        self.stage = stage
        self.reply = reply
        self.reason = reason
        self.recipient = recipient
    }

    package var isTemporary: Bool { kind == .temporary }
    package var isPermanent: Bool { kind == .permanent }

    /// By the code of a reply: 5xx to a mail is for good, unless it is about our credentials
    /// (RFC 4954 §6), which an administrator can mend while the mail waits.
    init(reply: SMTPReply, stage: Stage, recipient: String? = nil) {
        let isAboutMail: Bool
        switch stage {
        case .sender, .recipient, .data, .end: isAboutMail = true
        case .check, .connect, .greeting, .hello, .tls, .authentication: isAboutMail = false
        }
        let isAboutUs = [530, 534, 535, 538].contains(reply.code)
        self.init(
            kind: reply.isPermanent && isAboutMail && !isAboutUs ? .permanent : .temporary,
            stage: stage,
            reply: reply,
            reason: reply.description,
            recipient: recipient
        )
    }
}

extension SMTPClientError: CustomStringConvertible {
    package var description: String {
        let about = recipient.map { " for \($0)" } ?? ""
        return "\(kind) failure at \(stage.rawValue)\(about): \(reason)"
    }
}
