/// A mail made ready for the wire: addresses checked, line ends mended, dots stuffed.
struct OutgoingMail: Sendable {
    /// nil is `<>`.
    let from: Mailbox?
    let recipients: [Mailbox]
    /// As it follows the 354, with the final dot.
    let body: [UInt8]
    /// Octets without stuffing and without the final dot (RFC 1870 §3).
    let size: Int
    /// Octets beyond ASCII stand somewhere: 8BITMIME.
    let isEightBit: Bool
    /// An address or a header field is beyond ASCII: SMTPUTF8.
    let isInternational: Bool

    init(from: String, to: [String], message: [UInt8]) throws(SMTPClientError) {
        if from.isEmpty {
            self.from = nil
        } else {
            self.from = try Self.mailbox(from)
        }
        var recipients: [Mailbox] = []
        for address in to {
            recipients.append(try Self.mailbox(address))
        }
        guard !recipients.isEmpty else { throw Self.refusal("The mail has no recipient") }
        self.recipients = recipients
        guard message.withUnsafeBytes({ $0.prefix(upTo: Octet.null) }) == message.count else {
            throw Self.refusal("The mail holds a NUL, which SMTP cannot carry")
        }
        let wire = DotStuffing.wire(message)
        body = wire.body
        size = wire.size
        isEightBit = message.contains { $0 >= 0x80 }
        let hasInternationalAddress =
            recipients.contains(where: \.isInternational) || self.from?.isInternational == true
        isInternational = hasInternationalAddress || isEightBit && Self.headerIsEightBit(message)
    }

    private static func mailbox(_ address: String) throws(SMTPClientError) -> Mailbox {
        guard let mailbox = Mailbox(address) else {
            var error = refusal("Malformed address")
            error.recipient = address
            throw error
        }
        return mailbox
    }

    private static func refusal(_ reason: String) -> SMTPClientError {
        SMTPClientError(kind: .permanent, stage: .check, reason: reason)
    }

    /// The header ends at the first empty line.
    private static func headerIsEightBit(_ message: [UInt8]) -> Bool {
        var isLineEmpty = true
        for octet in message {
            switch octet {
            case Octet.lineFeed:
                if isLineEmpty {
                    return false
                }
                isLineEmpty = true
            case Octet.carriageReturn: break
            case 0x80...: return true
            default: isLineEmpty = false
            }
        }
        return false
    }
}

/// The transparency of RFC 5321 §4.5.2.
enum DotStuffing {
    /// The mail as it follows the 354: every LF becomes CRLF, a CR that ends no line is dropped
    /// (nothing that reads it as a line end may see one), a dot that starts a line is doubled,
    /// and CRLF `.` CRLF ends it.
    static func wire(_ message: [UInt8]) -> (body: [UInt8], size: Int) {
        var body: [UInt8] = []
        body.reserveCapacity(message.count + message.count / 32 + 64)
        var stuffed = 0
        message.withUnsafeBytes { message in
            var rest = message
            while !rest.isEmpty {
                let end = rest.prefix(upTo: Octet.lineFeed)
                let hasText = append(
                    UnsafeRawBufferPointer(rebasing: rest[..<end]),
                    to: &body,
                    &stuffed
                )
                // A last line without LF gets its CRLF, unless it was CRs alone.
                if hasText || end < rest.count {
                    body.append(Octet.carriageReturn)
                    body.append(Octet.lineFeed)
                }
                rest = UnsafeRawBufferPointer(rebasing: rest[min(end + 1, rest.count)...])
            }
        }
        let size = body.count - stuffed
        body.append(contentsOf: [Octet.dot, Octet.carriageReturn, Octet.lineFeed])
        return (body, size)
    }

    /// Appends what a line holds besides CR.
    ///
    /// - Returns: whether it holds anything.
    private static func append(
        _ line: UnsafeRawBufferPointer,
        to body: inout [UInt8],
        _ stuffed: inout Int
    ) -> Bool {
        var line = line
        var hasText = false
        while !line.isEmpty {
            let end = line.prefix(upTo: Octet.carriageReturn)
            if end > 0 {
                if !hasText, line[0] == Octet.dot {
                    body.append(Octet.dot)
                    stuffed += 1
                }
                body.append(contentsOf: line[..<end])
                hasText = true
            }
            line = UnsafeRawBufferPointer(rebasing: line[min(end + 1, line.count)...])
        }
        return hasText
    }
}
