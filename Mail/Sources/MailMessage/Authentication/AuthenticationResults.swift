/// An Authentication-Results field (RFC 8601 §2.2): what a server found out about a mail's sender.
package struct AuthenticationResults: Sendable, Equatable {
    package struct Property: Sendable, Equatable {
        /// `smtp`, `header`, `body` or `policy`.
        package let type: String
        package let name: String
        package let value: String
    }

    package struct Result: Sendable, Equatable {
        /// `dkim`, `spf`, `dmarc`, …, in lower case.
        package let method: String
        /// `pass`, `fail`, …, in lower case.
        package let result: String
        package let reason: String?
        package let properties: [Property]
    }

    /// Who says it, in lower case.
    package let authservID: String
    /// None when the server tried nothing.
    package let results: [Result]

    /// - Returns: `nil` for a field that does not begin with the name of a server. Of the rest, what
    ///   cannot be read is left out.
    package init?(_ value: [UInt8]) {
        var reader = AuthenticationResultsReader(value)
        guard let id = reader.value() else { return nil }
        authservID = id.asciiLowercased
        reader.skipVersion()
        var found: [Result] = []
        while reader.nextSection(), found.count < Limits.authenticationResults {
            if let result = reader.result() { found.append(result) }
        }
        results = found
    }
}

/// Walks over the tokens of a field, comments left out.
private struct AuthenticationResultsReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    /// Steps over white space and nested comments (RFC 5322 §3.2.2).
    private mutating func skipSpace() {
        var depth = 0
        while let byte = current {
            switch byte {
            case ASCII.openParenthesis: depth += 1
            case ASCII.closeParenthesis where depth > 0: depth -= 1
            case ASCII.backslash where depth > 0: index += 1
            case _ where depth > 0 || byte.isWhitespace: break
            default: return
            }
            index += 1
        }
        index = min(index, bytes.count)
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard current == byte else { return false }
        index += 1
        return true
    }

    private mutating func keyword() -> String? {
        skipSpace()
        let start = index
        while let byte = current, byte.isAlphanumeric || byte == 0x2D || byte == 0x5F { index += 1 }
        // A letter beyond ASCII goes on with the word: it is another.
        guard index > start, current.map({ $0 < 0x80 }) ?? true else { return nil }
        return String(decoding: bytes[start..<index], as: UTF8.self).asciiLowercased
    }

    /// A quoted string, or everything up to white space, a comment or a semicolon: some programs
    /// write what should be quoted as it is.
    mutating func value() -> String? {
        skipSpace()
        guard current == ASCII.quote else {
            let start = index
            while let byte = current, !byte.isWhitespace, byte != ASCII.semicolon,
                byte != ASCII.openParenthesis
            { index += 1 }
            guard index > start else { return nil }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }
        index += 1
        var text: [UInt8] = []
        while let byte = current, byte != ASCII.quote {
            if byte == ASCII.backslash { index += 1 }
            if let escaped = current { text.append(escaped) }
            index += 1
        }
        index = min(index + 1, bytes.count)
        return String(decoding: text, as: UTF8.self)
    }

    mutating func skipVersion() {
        skipSpace()
        while let byte = current, byte.isDigit { index += 1 }
    }

    /// Goes behind the next semicolon outside of comments and quotes.
    mutating func nextSection() -> Bool {
        while true {
            skipSpace()
            guard let byte = current else { return false }
            if byte == ASCII.quote {
                _ = value()
                continue
            }
            index += 1
            if byte == ASCII.semicolon { return true }
        }
    }

    mutating func result() -> AuthenticationResults.Result? {
        guard let method = keyword() else { return nil }
        if take(ASCII.slash) { skipVersionNumber() }
        guard take(ASCII.equal), let result = keyword() else { return nil }
        var reason: String?
        var properties: [AuthenticationResults.Property] = []
        while let name = keyword() {
            if name == "reason", take(ASCII.equal) {
                reason = value()
            } else if let property = property(of: name) {
                properties.append(property)
            } else {
                break
            }
        }
        return AuthenticationResults.Result(
            method: method,
            result: result,
            reason: reason,
            properties: properties
        )
    }

    private mutating func skipVersionNumber() {
        skipSpace()
        skipVersion()
    }

    private mutating func property(of type: String) -> AuthenticationResults.Property? {
        guard take(ASCII.dot), let name = keyword(), take(ASCII.equal), let value = value() else {
            return nil
        }
        return AuthenticationResults.Property(type: type, name: name, value: value)
    }
}

extension Message {
    /// The fields of a server that we believe, from the top of the header down to the first Received
    /// that this server or its own relays did not write: whatever is below came with the mail
    /// (RFC 8601 §5).
    package func authenticationResults(of authservID: String) -> [AuthenticationResults] {
        let id = authservID.asciiLowercased
        var found: [AuthenticationResults] = []
        var isPastBorder = false
        for field in headers.fields {
            switch headers.name(of: field).asciiLowercased {
            case "received":
                // The block at the top has ended, or the mail was somebody else's from here on.
                if !found.isEmpty || isPastBorder { return found }
                let hop = ReceivedHop(headers.bytes(of: field))
                guard hop.isWritten(by: id) else { return found }
                isPastBorder = !hop.isFrom(id)
            case "authentication-results":
                let results = AuthenticationResults(headers.bytes(of: field))
                if let results, results.authservID == id { found.append(results) }
            default: break
            }
        }
        return found
    }
}

/// Who passed a mail on to whom, as far as the Received field says (RFC 5321 §4.4).
private struct ReceivedHop {
    private let from: String?
    private let by: String?

    init(_ value: [UInt8]) {
        let words = Self.words(value)
        func word(after name: String) -> String? {
            words.firstIndex(of: name).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
        }
        from = word(after: "from")
        by = word(after: "by")
    }

    func isWritten(by id: String) -> Bool { Self.isOf(id, by) }

    func isFrom(_ id: String) -> Bool { from == nil || from == "localhost" || Self.isOf(id, from) }

    private static func isOf(_ id: String, _ host: String?) -> Bool {
        guard let host else { return false }
        return host == id || host.hasSuffix("." + id)
    }

    private static func words(_ value: [UInt8]) -> [String] {
        var depth = 0
        let plain = value.prefix(4000).map { byte -> UInt8 in
            if byte == ASCII.openParenthesis { depth += 1 }
            defer { if byte == ASCII.closeParenthesis, depth > 0 { depth -= 1 } }
            return depth > 0 ? ASCII.space : byte
        }
        return plain.split { $0.isWhitespace || $0 == ASCII.semicolon }
            .map { String(decoding: $0, as: UTF8.self).asciiLowercased }
    }
}

/// Whether a mail is from whom it says it is from, in Discourse's words.
package enum SenderVerdict: String, Sendable, CaseIterable {
    case pass
    case fail
    /// Nobody knows.
    case gray
}

extension [AuthenticationResults] {
    /// What the servers say about DMARC: the worst that one of them says, for a forger would add the
    /// best. SPF and DKIM alone speak of other addresses than the one in From.
    package var senderVerdict: SenderVerdict {
        let said = flatMap(\.results).filter { $0.method == "dmarc" }.map(\.result)
        if said.contains("fail") { return .fail }
        return said.contains("pass") ? .pass : .gray
    }
}
