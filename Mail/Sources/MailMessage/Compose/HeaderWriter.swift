/// Writes fields of a header: checked, encoded and folded (RFC 5322 §2.2.3, RFC 2047).
enum HeaderWriter {
    private static let lineLimit = 998
    private static let wantedLine = 76

    /// A field with its line end.
    static func line(for field: Composer.Field) throws(ComposeError) -> String {
        switch field {
        case .text(let name, let value):
            try check(name, value)
            return try fold(name, words(of: value, column: name.utf8.count + 2))
        case .addresses(let name, let addresses):
            try check(name, "")
            var words: [String] = []
            for (index, address) in addresses.enumerated() {
                let isLast = index + 1 == addresses.count
                let column = index == 0 ? name.utf8.count + 1 : 0
                words += try mailbox(
                    address,
                    field: name,
                    column: column,
                    suffix: isLast ? "" : ","
                )
            }
            return try fold(name, words)
        case .structured(let name, let value):
            try check(name, value)
            guard value.utf8.allSatisfy({ $0 < 127 }) else {
                throw ComposeError.controlCharacter(field: name)
            }
            return try fold(name, value.split(separator: " ").map(String.init))
        case .date(let name, let date):
            try check(name, "")
            return "\(name): \(date.rfc5322)\r\n"
        }
    }

    /// No name outside RFC 5322 §3.6.8, and nothing in a value that could begin a line of its own.
    private static func check(_ name: String, _ value: String) throws(ComposeError) {
        guard !name.isEmpty, name.utf8.count <= 70, name.utf8.allSatisfy(\.isFieldName) else {
            throw ComposeError.fieldName(name)
        }
        // U+0085, U+2028 and U+2029 are line ends to some who read.
        let isClean = value.unicodeScalars.allSatisfy {
            $0.value >= 32 && $0.value != 127 && !(0x80...0x9F).contains($0.value)
                && $0.value != 0x2028 && $0.value != 0x2029
        }
        guard isClean else { throw ComposeError.controlCharacter(field: name) }
    }

    /// Puts words on lines; between two of them there may be a fold.
    private static func fold(_ name: String, _ words: [String]) throws(ComposeError) -> String {
        var output = "\(name):"
        var column = output.utf8.count
        var isFirst = true
        for word in words {
            let length = word.utf8.count
            guard length + 1 <= lineLimit - (isFirst ? column : 0) else {
                throw ComposeError.tooLong(field: name)
            }
            if !isFirst, column + 1 + length > wantedLine {
                output += "\r\n"
                column = 0
            }
            output += " " + word
            column += 1 + length
            isFirst = false
        }
        return output + "\r\n"
    }

    // MARK: Free text

    /// Words of free text. Runs of words that are not plain ASCII, or could be read as encoded, become
    /// encoded words.
    private static func words(of value: String, column: Int) -> [String] {
        let pieces = value.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard !value.isEmpty else { return [] }
        guard let first = pieces.firstIndex(where: { !isPlain($0) }),
            let last = pieces.lastIndex(where: { !isPlain($0) })
        else { return pieces }
        let run = pieces[first...last].joined(separator: " ")
        // An empty piece at an end is a space that only encoding keeps.
        let head = encoded(run, column: first == 0 ? column : 0)
        return Array(pieces[..<first]) + head + Array(pieces[(last + 1)...])
    }

    private static func isPlain(_ word: String) -> Bool {
        !word.isEmpty && word.utf8.count <= 900 && word.utf8.allSatisfy { $0 > 32 && $0 < 127 }
            && !word.contains("=?")
    }

    /// Encoded words of at most 75 characters, cut between characters; the first one shorter by what
    /// stands before it on its line.
    static func encoded(_ text: String, column: Int = 0) -> [String] {
        var words: [String] = []
        var bytes: [UInt8] = []
        let first = max(4, (wantedLine - 14 - column) / 4 * 3)
        func flush() {
            guard !bytes.isEmpty else { return }
            let base64 = String(decoding: Base64.encode(bytes, width: 0), as: UTF8.self)
            words.append("=?utf-8?B?\(base64)?=")
            bytes = []
        }
        for scalar in text.unicodeScalars {
            let unit = Array(String(scalar).utf8)
            // 45 bytes make 60 characters, and 12 stand around them.
            if bytes.count + unit.count > (words.isEmpty ? min(first, 45) : 45) { flush() }
            bytes += unit
        }
        flush()
        return words
    }

    // MARK: Addresses

    private static func mailbox(
        _ address: Address,
        field: String,
        column: Int,
        suffix: String
    ) throws(ComposeError) -> [String] {
        try check(field, address.name)
        let bare = address.address
        guard let at = bare.lastIndex(of: "@"), at > bare.startIndex, !bare.hasSuffix("@"),
            bare.utf8.allSatisfy({
                $0 > 32 && $0 < 127 && $0 != ASCII.less && $0 != ASCII.greater
                    && $0 != ASCII.comma
            })
        else { throw ComposeError.address(bare) }
        guard !address.name.isEmpty else { return [bare + suffix] }
        return phrase(address.name, column) + ["<\(bare)>\(suffix)"]
    }

    /// A display name: atoms, a quoted string, or encoded words.
    private static func phrase(_ name: String, _ column: Int) -> [String] {
        guard name.utf8.allSatisfy({ $0 >= 32 && $0 < 127 }), !name.contains("=?"),
            name.utf8.count <= 200
        else { return encoded(name, column: column) }
        let special = "()<>[]:;@\\,.\""
        let words = name.split(separator: " ", omittingEmptySubsequences: false)
        if !name.contains(where: { special.contains($0) }), words.allSatisfy({ !$0.isEmpty }) {
            return words.map(String.init)
        }
        let escaped = name.map { $0 == "\\" || $0 == "\"" ? "\\\($0)" : "\($0)" }.joined()
        return ["\"\(escaped)\""]
    }

    /// `filename="…"`, or percent-encoded (RFC 2231) when it is not plain.
    static func filename(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy {
            $0 >= 32 && $0 < 127 && $0 != ASCII.quote && $0 != ASCII.backslash && $0 != 0x25
        }
        if isPlain, name.utf8.count <= 60 { return "filename=\"\(name)\"" }
        let encoded = name.utf8.map { byte in
            byte.isAlphanumeric || byte == ASCII.dot || byte == ASCII.hyphen
                || byte == ASCII.underscore
                ? String(Unicode.Scalar(byte))
                : "%\(Unicode.Scalar(ASCII.hexDigits[Int(byte >> 4)]))"
                    + "\(Unicode.Scalar(ASCII.hexDigits[Int(byte & 15)]))"
        }
        return segments(of: encoded)
    }

    /// `filename*0*=utf-8''…; filename*1*=…`, so that no line gets too long.
    private static func segments(of units: [String]) -> String {
        var lines: [String] = []
        var line = ""
        for unit in units {
            if line.utf8.count + unit.utf8.count > 55 {
                lines.append(line)
                line = ""
            }
            line += unit
        }
        lines.append(line)
        guard lines.count > 1 else { return "filename*=utf-8''\(line)" }
        return lines.enumerated().map { index, piece in
            "filename*\(index)*=\(index == 0 ? "utf-8''" : "")\(piece)"
        }.joined(separator: ";\r\n ")
    }
}
