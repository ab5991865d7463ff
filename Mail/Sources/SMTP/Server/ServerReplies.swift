// Every reply that a server session gives by itself.

extension SMTPReply {
    static let ok = SMTPReply(code: 250, enhanced: "2.0.0", text: "OK")
    static let senderTaken = SMTPReply(code: 250, enhanced: "2.1.0", text: "Sender OK")
    static let goOn = SMTPReply(code: 354, enhanced: "", text: "Go on, end with CRLF.CRLF")
    static let bye = SMTPReply(code: 221, enhanced: "2.0.0", text: "Bye")
    static let readyForTLS = SMTPReply(code: 220, enhanced: "2.0.0", text: "Ready for TLS")
    static let help = SMTPReply(code: 214, enhanced: "2.0.0", text: "See RFC 5321 and RFC 2033")
    static let cannotVerify = SMTPReply(
        code: 252,
        enhanced: "2.5.2",
        text: "Cannot tell before RCPT"
    )
    static let unknownCommand = SMTPReply(
        code: 500,
        enhanced: "5.5.1",
        text: "Unknown command"
    )
    static let notImplemented = SMTPReply(
        code: 502,
        enhanced: "5.5.1",
        text: "Command not implemented"
    )
    static let unknownParameter = SMTPReply(
        code: 555,
        enhanced: "5.5.4",
        text: "Unknown parameter"
    )
    static let lineTooLong = SMTPReply(code: 500, enhanced: "5.5.2", text: "Line too long")
    static let badAddress = SMTPReply(code: 501, enhanced: "5.1.3", text: "Malformed address")
    static let internationalAddress = SMTPReply(
        code: 553,
        enhanced: "5.6.7",
        text: "Address beyond ASCII without SMTPUTF8"
    )
    static let tooManyRecipients = SMTPReply(
        code: 452,
        enhanced: "4.5.3",
        text: "Too many recipients, send the rest in another transaction"
    )
    static let messageTooLarge = SMTPReply(
        code: 552,
        enhanced: "5.3.4",
        text: "Message larger than this server takes"
    )
    static let bareLineEnd = SMTPReply(
        code: 550,
        enhanced: "5.5.2",
        text: "Bare CR or LF in the message: lines must end in CRLF"
    )
    static let bareLineEndInCommand = SMTPReply(
        code: 521,
        enhanced: "5.5.2",
        text: "Lines must end in CRLF"
    )
    static let otherProtocol = SMTPReply(
        code: 421,
        enhanced: "4.7.0",
        text: "This is a mail server"
    )
    static let tooManyErrors = SMTPReply(code: 421, enhanced: "4.7.0", text: "Too many errors")
    static let tooManyCommands = SMTPReply(
        code: 421,
        enhanced: "4.7.0",
        text: "Too many commands without a mail"
    )
    static let tooManyConnections = SMTPReply(
        code: 421,
        enhanced: "4.3.2",
        text: "Too many connections, try again later"
    )
    static let tooManyConnectionsOfPeer = SMTPReply(
        code: 421,
        enhanced: "4.7.0",
        text: "Too many connections from your address, try again later"
    )
    static let tooManyRecipientsOfPeer = SMTPReply(
        code: 450,
        enhanced: "4.7.1",
        text: "Too much mail from your address within a minute, try again later"
    )
    static let idle = SMTPReply(code: 421, enhanced: "4.4.2", text: "Waited too long")
    static let shuttingDown = SMTPReply(
        code: 421,
        enhanced: "4.3.2",
        text: "Shutting down, try again later"
    )
    /// The program behind the server gave no usable answer.
    static let localError = SMTPReply(
        code: 451,
        enhanced: "4.3.0",
        text: "Local error, try again later"
    )

    static func syntax(_ text: String) -> SMTPReply {
        SMTPReply(code: 501, enhanced: "5.5.4", text: text)
    }

    static func sequence(_ text: String) -> SMTPReply {
        SMTPReply(code: 503, enhanced: "5.5.1", text: text)
    }

    /// RFC 2033 §4.2 wants 503, RFC 5321 §3.3 prefers 554.
    static func noRecipients(_ dialect: ServerSession.Dialect) -> SMTPReply {
        dialect == .lmtp
            ? .sequence("No recipient was taken")
            : SMTPReply(code: 554, enhanced: "5.5.1", text: "No recipient was taken")
    }

    static func chunkTaken(_ size: Int) -> SMTPReply {
        SMTPReply(code: 250, enhanced: "2.0.0", text: "\(size) octets taken")
    }

    /// A reply that may end a command: not 1xx, not 3xx, not nonsense of a handler.
    var isFinal: Bool { isPositive || isTemporary || isPermanent }
}
