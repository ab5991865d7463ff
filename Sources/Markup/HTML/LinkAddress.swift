/// Which addresses a link or an image may have.
enum LinkAddress {
    /// What an address leads to.
    enum Kind: Equatable {
        /// `http`, `https` or `//host`.
        case web
        case mail
        /// Within this site: a path, a query or a fragment.
        case relative
    }

    /// An address as it is written out, and what it leads to.
    struct Checked {
        var text: String
        var kind: Kind
    }

    /// Reads an address as a browser does (WHATWG URL §4.4: control characters and spaces at the
    /// ends and tabs and line ends anywhere do not count) and refuses every scheme that is not
    /// `http`, `https` or `mailto`; nil means that there is no address.
    static func check(_ raw: String) -> Checked? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(raw.utf8.count)
        for byte in raw.utf8 where byte != 0x09 && byte != 0x0a && byte != 0x0d {
            bytes.append(byte)
        }
        while let last = bytes.last, last <= 0x20 {
            bytes.removeLast()
        }
        bytes.removeFirst(bytes.prefix { $0 <= 0x20 }.count)
        guard !bytes.isEmpty, bytes.count <= Limits.addressBytes,
            !bytes.contains(where: { $0 < 0x20 || $0 == 0x7f })
        else {
            return nil
        }
        let text = cleaned(String(decoding: bytes, as: UTF8.self))
        let first = text.utf8.firstIndex {
            $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?")
                || $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "\\")
        }
        guard let first, text.utf8[first] == UInt8(ascii: ":") else {
            let slashes = text.utf8.prefix(2).map { $0 == UInt8(ascii: "\\") ? 0x2f : $0 }
            return Checked(text: text, kind: slashes == [0x2f, 0x2f] ? .web : .relative)
        }
        switch Bytes.lowercased(text.utf8[..<first]) {
        case "http", "https": return Checked(text: text, kind: .web)
        case "mailto": return Checked(text: text, kind: .mail)
        default: return nil
        }
    }

    /// The host of a web address in lower case, or nil.
    static func host(of text: String) -> String? {
        let bytes = Array(text.utf8)
        var index = bytes.firstIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? 0
        if Bytes.matches(bytes, 0, "//") {
            index = 0
        }
        while index < bytes.count, bytes[index] == 0x2f || bytes[index] == UInt8(ascii: "\\") {
            index += 1
        }
        let authority = bytes[index...].prefix {
            $0 != 0x2f && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "?")
                && $0 != UInt8(ascii: "#")
        }
        let host = authority.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
            .last
        guard let host, !host.isEmpty else {
            return nil
        }
        return Bytes.lowercased(host)
    }

    /// `text` without control characters and those that turn the direction of what is read.
    static func cleaned(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f || $0 == 0xe2 }) else {
            return text
        }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !DirectionControls.contains(scalar) {
            let isControl = scalar.value < 0x20 || scalar.value == 0x7f
            scalars.append(isControl ? " " : scalar)
        }
        return String(scalars)
    }
}

/// Characters that change the direction of the text around them and so can show code or names
/// as something else than they are (Unicode UTS 55).
enum DirectionControls {
    static func contains(_ scalar: Unicode.Scalar) -> Bool {
        (0x202a...0x202e).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    /// How the three bytes at `index` are shown, when they are such a character.
    static func name(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> StaticString? {
        guard index + 2 < bytes.count, bytes[index] == 0xe2 else {
            return nil
        }
        switch (bytes[index + 1], bytes[index + 2]) {
        case (0x80, 0xaa): return "U+202A"
        case (0x80, 0xab): return "U+202B"
        case (0x80, 0xac): return "U+202C"
        case (0x80, 0xad): return "U+202D"
        case (0x80, 0xae): return "U+202E"
        case (0x81, 0xa6): return "U+2066"
        case (0x81, 0xa7): return "U+2067"
        case (0x81, 0xa8): return "U+2068"
        case (0x81, 0xa9): return "U+2069"
        default: return nil
        }
    }
}
