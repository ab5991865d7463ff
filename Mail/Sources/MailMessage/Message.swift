/// A mail, read: RFC 5322 with its obsolete forms, MIME (RFC 2045–2049), and what real programs write.
///
/// Reading never fails. What is wrong or beyond a limit is named in `problems`.
package struct Message: Sendable {
    /// The bytes as they came, then those of containers that had to be decoded.
    let sources: [[UInt8]]
    package let limits: Limits
    /// The MIME tree in document order; the first is the message itself.
    package let parts: [Part]
    package let problems: [Problem]

    /// Message-ID without angle brackets; nil when there is none.
    package let messageID: String?
    package let inReplyTo: [String]
    package let references: [String]
    /// The Date field; nil when it is missing or not a date.
    package let date: MailDate?
    /// The subject decoded, white space single; nil when there is no such field.
    package let subject: String?
    package let from: [Address]
    package let sender: [Address]
    package let to: [Address]
    package let cc: [Address]
    package let bcc: [Address]
    package let replyTo: [Address]

    /// Reads a message. Line ends may be CRLF, LF or mixed. Linear in the bytes times the depth.
    package static func parse(_ raw: [UInt8], limits: Limits = .standard) -> Message {
        var parser = MessageParser(raw, limits: limits)
        parser.run()
        return Message(parser)
    }

    package var raw: [UInt8] { sources[0] }

    package var root: Part { parts[0] }

    package var headers: HeaderFields { parts[0].headers }

    fileprivate init(_ parser: MessageParser) {
        var problems = parser.problems
        let fields = FieldReader(headers: parser.parts[0].headers, limits: parser.limits)
        sources = parser.sources
        limits = parser.limits
        parts = parser.parts
        messageID = fields.messageIDs("Message-ID").first
        inReplyTo = fields.messageIDs("In-Reply-To")
        references = fields.messageIDs("References")
        date = fields.date(&problems)
        subject = fields.subject
        from = fields.addresses("From", isStrict: true, &problems)
        sender = fields.addresses("Sender", &problems)
        to = fields.addresses("To", &problems)
        cc = fields.addresses("Cc", &problems)
        bcc = fields.addresses("Bcc", &problems)
        replyTo = fields.addresses("Reply-To", &problems)
        fields.checkCounts(&problems)
        self.problems = problems.items
    }

    /// Addresses of any other field, e.g. `X-Original-From`.
    package func addresses(_ field: String) -> [Address] {
        headers.all(field).flatMap {
            AddressParser.parse(headers.bytes(of: $0), limit: limits.addresses).addresses
        }
    }
}

/// Reads the structured fields of a header.
struct FieldReader {
    let headers: HeaderFields
    let limits: Limits

    func messageIDs(_ name: String) -> [String] {
        headers.bytes(name).map { MessageIDs.parse($0, limit: limits.messageIDs) } ?? []
    }

    var subject: String? {
        headers.text("Subject")?.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    func date(_ problems: inout ProblemList) -> MailDate? {
        guard let value = headers.bytes("Date") else { return nil }
        let date = MailDate(value)
        if date == nil {
            problems.add(.malformedDate, String(decoding: value.prefix(60), as: UTF8.self))
        }
        return date
    }

    /// The addresses of the first field of that name; of To and Cc those of every one, for real mail
    /// repeats them.
    func addresses(
        _ name: String,
        isStrict: Bool = false,
        _ problems: inout ProblemList
    ) -> [Address] {
        let all = headers.all(name)
        let fields = name == "To" || name == "Cc" ? all[...] : all.prefix(1)
        var found: [Address] = []
        for field in fields {
            let result = AddressParser.parse(
                headers.bytes(of: field),
                limit: limits.addresses,
                isStrict: isStrict
            )
            found += result.addresses
            for entry in result.malformed { problems.add(.malformedAddress, "\(name): \(entry)") }
        }
        return Array(found.prefix(limits.addresses))
    }

    /// RFC 5322 §3.6: Date and From exactly once, the others at most once.
    func checkCounts(_ problems: inout ProblemList) {
        for name in ["Date", "From"] where headers.first(name) == nil {
            problems.add(.missingField, name)
        }
        for name in Self.singletons where headers.all(name).count > 1 {
            problems.add(.duplicateField, name)
        }
    }

    private static let singletons = [
        "Date", "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Message-ID", "In-Reply-To",
        "References", "Subject", "Content-Type", "Content-Transfer-Encoding",
    ]
}
