@testable import SMTP

/// A session driven to the end of some octets, with a handler that knows a few addresses.
struct Dialogue {
    struct Delivery: Equatable {
        let envelope: Envelope
        let data: [UInt8]

        var text: String { String(decoding: data, as: UTF8.self) }
    }

    private(set) var session: ServerSession
    private(set) var output: [UInt8] = []
    private(set) var deliveries: [Delivery] = []
    private(set) var asked: [String] = []
    private(set) var isClosed = false

    init(
        _ dialect: ServerSession.Dialect = .lmtp,
        limits: SMTPLimits = SMTPLimits(),
        offersTLS: Bool = false
    ) {
        session = ServerSession(
            configuration: ServerSession.Configuration(
                dialect: dialect,
                serverName: "mx.test",
                limits: limits,
                offersTLS: offersTLS
            )
        )
        run()
    }

    /// The replies without the greeting.
    var replies: [String] {
        String(decoding: output, as: UTF8.self).split(separator: "\r\n").dropFirst().map(
            String.init
        )
    }

    /// `250 2.1.0` of each reply, without its words.
    var codes: [String] {
        replies.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
    }

    mutating func send(_ text: String) {
        send(Array(text.utf8))
    }

    mutating func send(_ bytes: some Sequence<UInt8>) {
        session.receive(bytes)
        run()
    }

    /// In pieces of one size.
    mutating func send(_ bytes: [UInt8], by size: Int) {
        var rest = bytes[...]
        while !rest.isEmpty {
            send(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
    }

    private mutating func run() {
        while let action = session.next() {
            switch action {
            case .send(let bytes): output += bytes
            case .judge(let recipient, _):
                asked.append(recipient)
                session.judged(Self.verdict(recipient))
            case .deliver(let envelope, let data):
                deliveries.append(Delivery(envelope: envelope, data: data))
                session.delivered(envelope.recipients.map(Self.outcome))
            case .startTLS(let bytes): output += bytes
            case .close: isClosed = true
            }
        }
    }

    private static func verdict(_ recipient: String) -> SMTPReply {
        switch recipient.prefix(while: { $0 != "@" }) {
        case "nobody": SMTPReply(code: 550, enhanced: "5.1.1", text: "No such address")
        case "later": SMTPReply(code: 451, enhanced: "4.3.0", text: "Try later")
        case "broken": SMTPReply(code: 0, enhanced: "", text: "")
        default: SMTPReply(code: 250, enhanced: "2.1.5", text: "OK")
        }
    }

    private static func outcome(_ recipient: String) -> SMTPReply {
        switch recipient.prefix(while: { $0 != "@" }) {
        case "refused": SMTPReply(code: 550, enhanced: "5.7.1", text: "Closed topic")
        case "full": SMTPReply(code: 452, enhanced: "4.2.2", text: "Full")
        default: SMTPReply(code: 250, enhanced: "2.6.0", text: "Stored for \(recipient)")
        }
    }
}

let opening = "LHLO client.test\r\nMAIL FROM:<ann@a.test>\r\nRCPT TO:<forum@b.test>\r\n"
