/// Takes out of a mail's text what this forum wrote for its reader alone: quoting a notification must
/// not publish the address that answers in its recipient's name, nor the link that stops their mails.
struct Redaction: Sendable {
    let replyAddresses: [ReplyAddress]

    private static let path = "/email/unsubscribe/"

    func apply(to text: String) -> String {
        withoutLinks(replyAddresses.reduce(text) { $1.redacted($0) })
    }

    /// Without the keys of unsubscribe links, whatever host they name.
    private func withoutLinks(_ text: String) -> String {
        var output = ""
        var rest = text[...]
        while let found = rest.firstRange(of: Self.path) {
            let key = rest[found.upperBound...].prefix { $0.isASCII && $0.isHexDigit }
            output += rest[..<found.upperBound].dropLast()
            if key.utf8.count < 16 { output += "/" + key }
            rest = rest[key.endIndex...]
        }
        return output + rest
    }
}
