import Cryptography
import Foundation

/// What two sites tell one another of somebody (DiscourseConnect): a query string in Base64, with
/// the HMAC-SHA256 of the Base64 text in hexadecimal.
package struct ConnectPayload: Sendable, Equatable {
    package private(set) var fields: [String: String]

    package init(fields: [String: String] = [:]) {
        self.fields = fields
    }

    package subscript(_ name: String) -> String? {
        get { fields[name].flatMap { $0.isEmpty ? nil : $0 } }
        set { fields[name] = newValue }
    }

    package func flag(_ name: String) -> Bool? {
        switch fields[name] {
        case "true": true
        case "false": false
        default: nil
        }
    }

    /// Names separated by commas; `nil` when there is no such field.
    func names(_ name: String) -> [String]? {
        fields[name].map { text in
            text.split(separator: ",").map { String($0).trimmingWhitespace }.filter { !$0.isEmpty }
        }
    }

    /// - Throws: `.invalid` for a signature that is not of this secret, or what cannot be read.
    package init(sso: String, sig: String, secret: String) throws(ForumError) {
        let refusal = ForumError(
            .invalid,
            "The sign-on payload has a wrong signature.",
            field: "sig"
        )
        guard !secret.isEmpty, sso.utf8.count <= Limits.ssoPayloadBytes else { throw refusal }
        let expected = Self.signature(of: sso, secret: secret)
        guard constantTimeEqual(Array(expected.utf8), Array(sig.lowercased().utf8)) else {
            throw refusal
        }
        // Ruby breaks its Base64 into lines.
        guard let bytes = Base64.decode(sso.filter { !$0.isWhitespace }) else { throw refusal }
        self.init(query: String(decoding: bytes, as: UTF8.self))
    }

    /// The fields of a query string, without their Base64.
    init(query: String) {
        var fields: [String: String] = [:]
        for pair in query.split(separator: "&").prefix(200) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]) else { continue }
            fields[name] = (parts.count == 2 ? Self.decoded(parts[1]) : "")?.cleanedOfNUL
        }
        self.init(fields: fields)
    }

    /// `sso=…&sig=…`, to be put behind an address.
    package func query(secret: String) -> String {
        let text = fields.sorted { $0.key < $1.key }
            .map { "\($0.key.percentEncoded)=\($0.value.percentEncoded)" }
            .joined(separator: "&")
        let sso = Base64.encode(Array(text.utf8))
        return "sso=\(sso.percentEncoded)&sig=\(Self.signature(of: sso, secret: secret))"
    }

    private static func signature(of sso: String, secret: String) -> String {
        Hex.encode(HMAC.sha256(key: Array(secret.utf8), message: Array(sso.utf8)))
    }

    private static func decoded(_ text: Substring) -> String? {
        text.replacingOccurrences(of: "+", with: " ").removingPercentEncoding
    }
}

extension String {
    /// Everything but RFC 3986's unreserved characters as `%XX`, for addresses.
    var percentEncoded: String {
        var allowed = CharacterSet.alphanumerics
        allowed.formIntersection(CharacterSet(charactersIn: Unicode.Scalar(0)..."\u{7F}"))
        allowed.insert(charactersIn: "-._~")
        return addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    }
}
