/// What lists and relays say of a mail, as plain values; who is believed is decided elsewhere.
extension Message {
    /// The identifier of List-ID (RFC 2919), in lower case, without phrase and brackets.
    package var listID: String? {
        guard let value = headers.text("List-ID") else { return nil }
        if let open = value.lastIndex(of: "<") {
            let rest = value[value.index(after: open)...]
            let id = rest.prefix { $0 != ">" }
            return id.isEmpty ? nil : id.lowercased().trimmed
        }
        return value.isEmpty ? nil : value.lowercased().trimmed
    }

    /// The address of List-Post (RFC 2369); nil for `NO` and for other than `mailto:`.
    package var listPost: Address? {
        guard let value = headers.text("List-Post") else { return nil }
        for piece in value.split(separator: "<") {
            let url = piece.prefix { $0 != ">" }
            guard url.lowercased().hasPrefix("mailto:") else { continue }
            return Address.parse(String(url.dropFirst(7).prefix { $0 != "?" })).first
        }
        return nil
    }

    /// X-BeenThere, the list's own address in Mailman.
    package var beenThere: [Address] { addresses("X-BeenThere") }

    /// Whether Mailman passed the mail on.
    package var isFromMailman: Bool { headers.first("X-Mailman-Version") != nil }

    /// The author as Mailman 3 keeps him when From is rewritten.
    package var mailFrom: [Address] { addresses("X-MailFrom") }

    /// The author as Google Groups and Mailman keep him when From is rewritten.
    package var originalFrom: [Address] { addresses("X-Original-From") }

    /// The envelope's sender as the last server wrote it; an empty string for `<>`, nil without the
    /// field.
    package var returnPath: String? {
        guard let value = headers.text("Return-Path") else { return nil }
        return Address.parse(value).first?.address ?? ""
    }

    /// Where the mail was delivered to, in the order in which servers are to be believed.
    package var deliveredTo: [Address] {
        [
            "Delivered-To", "X-Original-To", "X-Delivered-To", "Envelope-To", "X-Envelope-To",
            "X-Forwarded-To",
        ]
        .flatMap(addresses)
    }

    /// All recipients a reply key may be in: To, Cc, Bcc, then `deliveredTo`.
    package var destinations: [Address] { to + cc + bcc + deliveredTo }
}
