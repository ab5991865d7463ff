/// A report that a mail was not delivered (RFC 3464).
package struct Bounce: Sendable, Hashable {
    package struct Recipient: Sendable, Hashable {
        /// The address of Final-Recipient, else of Original-Recipient.
        package let address: String
        package let originalAddress: String?
        /// `failed`, `delayed`, `delivered`, `relayed`, `expanded`, in lower case; empty when missing.
        package let action: String
        /// RFC 3463, e.g. `5.1.1`; nil when neither Status nor Diagnostic-Code has one.
        package let status: String?
        package let diagnostic: String?

        /// A final failure; a status of class 4 or an action other than `failed` is none.
        package var isPermanent: Bool {
            action == "failed" && status?.hasPrefix("4") != true
        }
    }

    package let recipients: [Recipient]
    package let reportingMTA: String?
    /// The ENVID that the sender gave (RFC 3461).
    package let originalEnvelopeID: String?
    /// Message-ID of the mail that came back, if the report holds its header.
    package let originalMessageID: String?

    /// The recipient the report is about: the first that failed, else the first.
    package var recipient: Recipient? {
        recipients.first { $0.action == "failed" } ?? recipients.first
    }
}

extension Message {
    /// The delivery report in this mail; nil when it is none.
    package var bounce: Bounce? {
        guard
            let part = parts.first(where: {
                $0.mediaType.type == "message"
                    && ["delivery-status", "global-delivery-status"].contains($0.mediaType.subtype)
            })
        else { return nil }
        let groups = DeliveryStatus.groups(decodedBody(of: part, limit: limits.headerBytes))
        let isRecipient: (HeaderFields) -> Bool = {
            $0.first("Final-Recipient") != nil || $0.first("Original-Recipient") != nil
        }
        let message = groups.first { !isRecipient($0) }
        return Bounce(
            recipients: groups.filter(isRecipient).prefix(limits.bounceRecipients)
                .map(DeliveryStatus.recipient),
            reportingMTA: message?.text("Reporting-MTA") ?? groups.first?.text("Reporting-MTA"),
            originalEnvelopeID: message?.text("Original-Envelope-Id"),
            originalMessageID: returnedHeaders(near: part)?.messageID
        )
    }

    /// The header of the mail that a delivery report returns.
    package var returnedHeaders: HeaderFields? {
        parts.first { $0.mediaType.name == "message/delivery-status" }.flatMap {
            returnedHeaders(near: $0)
        }
    }

    /// The header of the mail that a report returns, whole or as text/rfc822-headers.
    func returnedHeaders(near report: Part) -> HeaderFields? {
        for part in parts[(report.index + 1)...] {
            if part.isMessageRoot { return part.headers }
            guard part.mediaType.name == "text/rfc822-headers" else { continue }
            return DeliveryStatus.groups(decodedBody(of: part, limit: limits.headerBytes)).first
        }
        return nil
    }
}

/// Reads message/delivery-status: groups of fields with blank lines between.
enum DeliveryStatus {
    static func groups(_ bytes: [UInt8]) -> [HeaderFields] {
        var groups: [HeaderFields] = []
        var problems = ProblemList(limit: 1)
        let reader = HeaderReader(limits: .standard)
        var start = 0
        while start < bytes.count, groups.count < 1000 {
            let (fields, next) = reader.read(bytes, range: start..<bytes.count, problems: &problems)
            if fields.count > 0 { groups.append(fields) }
            // A line that is no field would be read again and again: step over it.
            start =
                next > start ? next : (bytes[start...].firstIndex(of: ASCII.lf) ?? bytes.count) + 1
        }
        return groups
    }

    static func recipient(_ fields: HeaderFields) -> Bounce.Recipient {
        let final = fields.text("Final-Recipient").map(address)
        let original = fields.text("Original-Recipient").map(address)
        let diagnostic = fields.text("Diagnostic-Code")
        return Bounce.Recipient(
            address: final ?? original ?? "",
            originalAddress: original,
            action: (fields.text("Action") ?? "").lowercased().trimmed,
            status: fields.text("Status").flatMap(status) ?? diagnostic.flatMap(status),
            diagnostic: diagnostic
        )
    }

    /// `rfc822; user@example.com`, also without the type.
    private static func address(_ value: String) -> String {
        let text =
            value.firstIndex(of: ";").map { String(value[value.index(after: $0)...]) } ?? value
        return Address.parse(text).first?.address ?? text.trimmed
    }

    /// The first `d.d.d` in a text.
    static func status(_ value: String) -> String? {
        for word in value.split(whereSeparator: { !($0.isNumber || $0 == ".") }) {
            let digits = word.split(separator: ".", omittingEmptySubsequences: false)
            if digits.count == 3, ["2", "4", "5"].contains(digits[0]),
                digits.allSatisfy({ (1...3).contains($0.count) })
            {
                return String(word)
            }
        }
        return nil
    }
}
