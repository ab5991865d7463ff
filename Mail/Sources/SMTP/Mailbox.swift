/// An address of the envelope: `local-part@domain` (RFC 5321 §4.1.2), or `postmaster` alone.
package struct Mailbox: Sendable, Hashable {
    /// Without quotes and backslashes, in the sender's own letter case, which is kept (§2.4).
    package let localPart: String

    /// A domain, an address literal in brackets, or empty for `postmaster` alone.
    package let domain: String

    /// Reads an address that stands alone, without angle brackets; nil when it is none.
    package init?(_ text: String) {
        var reader = PathReader(Array(text.utf8)[...])
        guard let mailbox = reader.mailbox(), reader.isAtEnd else { return nil }
        self = mailbox
    }

    init(localPart: String, domain: String) {
        self.localPart = localPart
        self.domain = domain
    }

    /// Whether the address needs SMTPUTF8 (RFC 6531).
    package var isInternational: Bool {
        !(localPart.utf8.allSatisfy { $0 < 0x80 } && domain.utf8.allSatisfy { $0 < 0x80 })
    }
}

extension Mailbox: CustomStringConvertible {
    /// As it stands in a path: the local part is quoted only when it has to be.
    package var description: String {
        let local = isDotString ? localPart : quotedLocalPart
        return domain.isEmpty ? local : "\(local)@\(domain)"
    }

    private var isDotString: Bool {
        let atoms = localPart.utf8.split(separator: Octet.dot, omittingEmptySubsequences: false)
        return atoms.allSatisfy { !$0.isEmpty && $0.allSatisfy(PathReader.isAtomText) }
    }

    private var quotedLocalPart: String {
        var quoted = "\""
        for character in localPart.unicodeScalars {
            if character == "\"" || character == "\\" {
                quoted.append("\\")
            }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }
}

/// What stands between MAIL FROM:, RCPT TO: and the end of the line.
enum PathArgument: Equatable {
    /// `<>`: the sender of a notification, which nobody may answer.
    case null
    case mailbox(Mailbox)
}

/// One `keyword` or `keyword=value` behind a path, the keyword in capitals.
struct Parameter: Equatable {
    var keyword: String
    var value: String?
}

/// Reads paths and their parameters by the grammar of RFC 5321 §4.1.2 and RFC 6531 §3.3.
///
/// Iterates over octets; nothing here recurses and nothing copies more than it returns.
struct PathReader {
    private static let localPartLimit = 64
    private static let domainLimit = 255
    /// RFC 5321 §4.5.3.1.3 says 256, with the angle brackets.
    private static let pathLimit = 254
    private static let labelLimit = 63

    private let bytes: ArraySlice<UInt8>
    private var index: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    var isAtEnd: Bool { index == bytes.endIndex }

    /// `<` [source route] mailbox `>`; a route is accepted and dropped (RFC 5321 appendix C).
    mutating func path() -> PathArgument? {
        guard take(Octet.less) else { return nil }
        if take(Octet.greater) {
            return .null
        }
        let start = index
        guard skipRoute(), let mailbox = mailbox(), index - start <= Self.pathLimit else {
            return nil
        }
        return take(Octet.greater) ? .mailbox(mailbox) : nil
    }

    /// The rest of the line as parameters, each behind spaces; nil when one is malformed.
    mutating func parameters() -> [Parameter]? {
        var parameters: [Parameter] = []
        while !isAtEnd {
            guard take(Octet.space) else { return nil }
            while take(Octet.space) {}
            guard !isAtEnd else { break }
            let word = takeWhile { $0 != Octet.space }
            guard let parameter = Self.parameter(word) else { return nil }
            parameters.append(parameter)
        }
        return parameters
    }

    private static func parameter(_ word: ArraySlice<UInt8>) -> Parameter? {
        let keyword = word.prefix { $0 != Octet.equals }
        guard let first = keyword.first, isLetterOrDigit(first),
            keyword.allSatisfy({ isLetterOrDigit($0) || $0 == Octet.hyphen })
        else { return nil }
        let name = String(decoding: keyword, as: UTF8.self).uppercased()
        guard keyword.endIndex < word.endIndex else {
            return Parameter(keyword: name, value: nil)
        }
        let value = word[(keyword.endIndex + 1)...]
        guard !value.isEmpty, value.allSatisfy({ $0 > Octet.space && $0 != Octet.delete }) else {
            return nil
        }
        return Parameter(keyword: name, value: String(decoding: value, as: UTF8.self))
    }

    mutating func mailbox() -> Mailbox? {
        guard let localPart = localPart() else { return nil }
        guard take(Octet.at) else {
            // The one address that needs no domain (RFC 5321 §4.5.1).
            guard localPart.lowercased() == "postmaster" else { return nil }
            return Mailbox(localPart: localPart, domain: "")
        }
        guard let domain = domain() else { return nil }
        return Mailbox(localPart: localPart, domain: domain)
    }

    private mutating func skipRoute() -> Bool {
        guard peek == Octet.at else { return true }
        while take(Octet.at) {
            guard domain() != nil else { return false }
            if take(Octet.colon) {
                return true
            }
            guard take(UInt8(ascii: ",")) else { return false }
        }
        return false
    }

    private mutating func localPart() -> String? {
        let text = peek == Octet.quote ? quotedString() : dotString()
        guard let text, text.utf8.count <= Self.localPartLimit else { return nil }
        return text
    }

    private mutating func dotString() -> String? {
        let word = takeWhile { Self.isAtomText($0) || $0 == Octet.dot }
        let atoms = word.split(separator: Octet.dot, omittingEmptySubsequences: false)
        guard atoms.allSatisfy({ !$0.isEmpty }) else { return nil }
        return Self.text(word)
    }

    private mutating func quotedString() -> String? {
        guard take(Octet.quote) else { return nil }
        var content: [UInt8] = []
        while let octet = next() {
            switch octet {
            case Octet.quote:
                return content.isEmpty ? nil : Self.text(content[...])
            case Octet.backslash:
                guard let escaped = next(), Self.isPrintable(escaped), escaped < 0x80 else {
                    return nil
                }
                content.append(escaped)
            default:
                guard Self.isPrintable(octet) else { return nil }
                content.append(octet)
            }
        }
        return nil
    }

    private mutating func domain() -> String? {
        if peek == UInt8(ascii: "[") {
            return addressLiteral()
        }
        let word = takeWhile { Self.isLetterOrDigit($0) || $0 == Octet.hyphen || $0 == Octet.dot }
        guard word.count <= Self.domainLimit else { return nil }
        let labels = word.split(separator: Octet.dot, omittingEmptySubsequences: false)
        guard labels.allSatisfy(Self.isLabel) else { return nil }
        return Self.text(word)
    }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        // A label of letters beyond ASCII is measured as an A-label by nobody here; 63 octets of
        // UTF-8 are the nearest bound that needs no Punycode.
        guard let first = label.first, let last = label.last else { return false }
        return label.count <= labelLimit && first != Octet.hyphen && last != Octet.hyphen
    }

    private mutating func addressLiteral() -> String? {
        let word = takeWhile { octet in
            Self.isLetterOrDigit(octet) && octet < 0x80 || octet == Octet.dot
                || octet == Octet.colon || octet == Octet.hyphen || octet == UInt8(ascii: "[")
        }
        guard take(UInt8(ascii: "]")), word.count > 1, word.count <= Self.domainLimit,
            !word.dropFirst().contains(UInt8(ascii: "["))
        else { return nil }
        return String(decoding: word, as: UTF8.self) + "]"
    }

    /// `atext` of RFC 5322 §3.2.3 and every octet of UTF-8 beyond ASCII (RFC 6531 §3.3).
    static func isAtomText(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "*"),
            UInt8(ascii: "+"), Octet.hyphen, UInt8(ascii: "/"), Octet.equals, UInt8(ascii: "?"),
            UInt8(ascii: "^")...UInt8(ascii: "`"), UInt8(ascii: "{")...UInt8(ascii: "~"):
            true
        default:
            isLetterOrDigit(octet)
        }
    }

    /// Letters, digits, and every octet of UTF-8 beyond ASCII.
    private static func isLetterOrDigit(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...:
            true
        default:
            false
        }
    }

    private static func isPrintable(_ octet: UInt8) -> Bool {
        octet >= Octet.space && octet != Octet.delete
    }

    /// The octets as text; nil unless they are valid UTF-8.
    private static func text(_ octets: ArraySlice<UInt8>) -> String? {
        String(validating: octets, as: UTF8.self)
    }

    private var peek: UInt8? { isAtEnd ? nil : bytes[index] }

    private mutating func next() -> UInt8? {
        guard let octet = peek else { return nil }
        index += 1
        return octet
    }

    private mutating func take(_ octet: UInt8) -> Bool {
        guard peek == octet else { return false }
        index += 1
        return true
    }

    private mutating func takeWhile(_ isWanted: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = index
        while let octet = peek, isWanted(octet) {
            index += 1
        }
        return bytes[start..<index]
    }
}
