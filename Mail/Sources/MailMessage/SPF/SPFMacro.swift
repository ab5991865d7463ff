/// The text with `%{…}` in it that a domain of an SPF record may be (RFC 7208 §7).
struct SPFMacro {
    /// What the letters stand for.
    struct Values {
        var sender: String
        var domain: String
        var helo: String
        var address: IPAddress

        /// A sender without a local part is the postmaster (RFC 7208 §4.3).
        var localPart: Substring {
            guard let at = sender.lastIndex(of: "@"), at > sender.startIndex else {
                return "postmaster"
            }
            return sender[..<at]
        }

        var senderDomain: Substring {
            sender.lastIndex(of: "@").map { sender[sender.index(after: $0)...] } ?? sender[...]
        }
    }

    enum Piece: Equatable {
        case text(String)
        case macro(letter: Character, parts: Int?, isReversed: Bool, delimiters: Set<Character>)
    }

    let pieces: [Piece]

    /// Whether a name that the address proves is asked for.
    var needsName: Bool {
        pieces.contains { piece in
            if case .macro(let letter, _, _, _) = piece {
                letter.lowercased() == "p"
            } else {
                false
            }
        }
    }

    init(_ text: some StringProtocol) throws(SPFRecord.Malformed) {
        var pieces: [Piece] = []
        var plain = ""
        var rest = Substring(text)
        while let character = rest.popFirst() {
            guard character == "%" else {
                plain.append(character)
                continue
            }
            switch rest.popFirst() {
            case "%": plain.append("%")
            case "_": plain.append(" ")
            case "-": plain.append("%20")
            case "{":
                guard let end = rest.firstIndex(of: "}") else { throw SPFRecord.Malformed() }
                if !plain.isEmpty { pieces.append(.text(plain)) }
                plain = ""
                pieces.append(try Self.macro(rest[..<end]))
                rest = rest[rest.index(after: end)...]
            default: throw SPFRecord.Malformed()
            }
        }
        if !plain.isEmpty { pieces.append(.text(plain)) }
        self.pieces = pieces
    }

    private static func macro(_ body: Substring) throws(SPFRecord.Malformed) -> Piece {
        var rest = body
        guard let letter = rest.popFirst(), "slodiphvSLODIPHV".contains(letter) else {
            throw SPFRecord.Malformed()
        }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest[digits.endIndex...]
        var parts: Int?
        if !digits.isEmpty {
            guard digits.count <= 3, let number = Int(digits), number > 0 else {
                throw SPFRecord.Malformed()
            }
            parts = number
        }
        var isReversed = false
        if let mark = rest.first, "rR".contains(mark) {
            isReversed = true
            rest.removeFirst()
        }
        guard rest.allSatisfy({ ".-+,/_=".contains($0) }) else { throw SPFRecord.Malformed() }
        return .macro(
            letter: letter,
            parts: parts,
            isReversed: isReversed,
            delimiters: rest.isEmpty ? ["."] : Set(rest)
        )
    }

    static func check(_ text: Substring) throws(SPFRecord.Malformed) { _ = try SPFMacro(text) }

    /// A domain has to end in a macro, or in a label that can stand at the top (RFC 7208 §7.1).
    static func checkedDomain(_ text: Substring) throws(SPFRecord.Malformed) -> String {
        guard case .text(let end)? = try SPFMacro(text).pieces.last else {
            guard !text.isEmpty else { throw SPFRecord.Malformed() }
            return String(text)
        }
        var labels = end.split(separator: ".", omittingEmptySubsequences: false)
        if labels.last == "", labels.count > 1 { labels.removeLast() }
        guard labels.count > 1, let top = labels.last, let first = top.utf8.first,
            let last = top.utf8.last, first.isAlphanumeric, last.isAlphanumeric,
            top.utf8.allSatisfy({ $0.isAlphanumeric || $0 == ASCII.hyphen }),
            !top.utf8.allSatisfy(\.isDigit)
        else { throw SPFRecord.Malformed() }
        return String(text)
    }

    /// - Parameter name: What `p` stands for.
    /// - Returns: The domain to ask for, shortened from the left to what the DNS can hold.
    func expanded(_ values: Values, name: String) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let plain): text += plain
            case .macro(let letter, let parts, let isReversed, let delimiters):
                var words = Self.value(of: letter, values, name).split(
                    omittingEmptySubsequences: false,
                    whereSeparator: delimiters.contains
                )
                if isReversed { words.reverse() }
                let value = words.suffix(parts ?? words.count).joined(separator: ".")
                text += letter.isUppercase ? Self.escaped(value) : value
            }
        }
        if text.hasSuffix(".") { text.removeLast() }
        while text.utf8.count > 253, let dot = text.firstIndex(of: ".") {
            text = String(text[text.index(after: dot)...])
        }
        return text
    }

    private static func value(
        of letter: Character,
        _ values: Values,
        _ name: String
    ) -> Substring {
        switch letter.lowercased() {
        case "s": "\(values.localPart)@\(values.senderDomain)"
        case "l": values.localPart
        case "o": values.senderDomain
        case "d": values.domain[...]
        case "i": values.address.dotted[...]
        case "p": name[...]
        case "h": values.helo[...]
        default: values.address.arpaLabel[...]
        }
    }

    /// As in a URL (RFC 3986 §2.3).
    private static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if byte.isAlphanumeric || "-._~".utf8.contains(byte) {
                bytes.append(byte)
            } else {
                bytes += [
                    UInt8(ascii: "%"), ASCII.hexDigits[Int(byte >> 4)],
                    ASCII.hexDigits[Int(byte & 15)],
                ]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
