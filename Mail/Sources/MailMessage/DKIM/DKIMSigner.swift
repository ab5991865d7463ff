package import Cryptography

/// Signs mails for a domain (RFC 6376, RFC 8463).
package struct DKIMSigner: Sendable {
    package let domain: String
    package let selector: String
    private let key: SigningKey

    /// Fields that are signed as often as they stand in the mail, and once more: nobody can add another.
    private static let sealed = [
        "from", "to", "subject", "date", "message-id", "reply-to", "in-reply-to", "references",
        "list-id", "list-unsubscribe", "list-unsubscribe-post", "auto-submitted", "mime-version",
        "content-type",
    ]
    /// Fields that are signed when they are there.
    private static let signed: Set<String> = [
        "cc", "sender", "list-archive", "list-help", "list-post", "list-owner", "list-subscribe",
        "content-transfer-encoding", "precedence",
    ]

    /// - Returns: `nil` when domain or selector cannot be names in the DNS.
    package init?(domain: String, selector: String, key: SigningKey) {
        let names = [domain.asciiLowercased, selector.asciiLowercased]
        guard names.allSatisfy(DomainName.isPlain) else { return nil }
        self.domain = names[0]
        self.selector = names[1]
        self.key = key
    }

    /// Whether a signature of this domain speaks for an address (relaxed alignment, RFC 7489 §3.1.1).
    package func speaks(for address: String) -> Bool {
        let host = address.asciiLowercased.split(separator: "@").last ?? ""
        return host == domain || host.hasSuffix("." + domain)
    }

    /// Where the public key is to be found, and what is to stand there.
    package var record: (name: String, value: String) {
        let type = DKIMSignature.Algorithm(key.algorithm).keyType
        return (
            "\(selector)._domainkey.\(domain)",
            "v=DKIM1; k=\(type); p=\(Cryptography.Base64.encode(key.publicKey))"
        )
    }

    /// The field to put before a mail.
    ///
    /// - Parameters:
    ///   - mail: As it goes out, with CRLF line ends.
    ///   - seconds: Since 1970, for `t=`.
    /// - Returns: The DKIM-Signature field with its line end; `nil` when signing fails.
    package func field(for mail: [UInt8], at seconds: Int64) -> [UInt8]? {
        let message = Message.parse(mail)
        let fields = message.headers.wireFields
        let present = fields.map(SignedBytes.name(of:))
        let names =
            Self.sealed.flatMap { name in
                Array(repeating: name, count: present.count { $0 == name } + 1)
            } + present.filter(Self.signed.contains)
        let body = Digest.sha256(Canonicalization.relaxed.body(message.wireBody))
        let algorithm = DKIMSignature.Algorithm(key.algorithm)
        let text = """
            DKIM-Signature: v=1; a=\(algorithm.rawValue); c=relaxed/relaxed; d=\(domain);\r
            \ts=\(selector); t=\(seconds);\r
            \th=\(Self.folded(names));\r
            \tbh=\(Cryptography.Base64.encode(body));\r
            \tb=
            """
        let input = SignedBytes.header(
            fields,
            names: names,
            signature: Array(text.utf8),
            .relaxed
        )
        let covered = algorithm == .rsaSHA256 ? input : Digest.sha256(input)
        guard let signature = key.sign(covered) else { return nil }
        return Array((text + Self.folded(Cryptography.Base64.encode(signature)) + "\r\n").utf8)
    }

    /// A list with colons, a few names a line.
    private static func folded(_ names: [String]) -> String {
        var lines = [""]
        for (index, name) in names.enumerated() {
            let item = name + (index < names.count - 1 ? ":" : "")
            if lines[lines.count - 1].utf8.count + item.utf8.count > 68 { lines.append("") }
            lines[lines.count - 1] += item
        }
        return lines.joined(separator: "\r\n\t ")
    }

    /// Base64 in lines.
    private static func folded(_ text: String) -> String {
        var lines: [Substring] = []
        var rest = text[...]
        while !rest.isEmpty {
            lines.append(rest.prefix(68))
            rest = rest.dropFirst(68)
        }
        return lines.joined(separator: "\r\n\t ")
    }
}

extension DKIMSignature.Algorithm {
    fileprivate init(_ algorithm: SigningKey.Algorithm) {
        self =
            switch algorithm {
            case .rsa: .rsaSHA256
            case .ed25519: .ed25519SHA256
            }
    }
}
