/// Reads what Python prints of plain values, such as Mailman's `dumpdb` writes: dictionaries, lists,
/// tuples, texts and numbers.
struct PythonLiteral {
    /// What is being read: its opening bracket, and what it holds so far.
    private struct Frame {
        let bracket: UInt8
        var values: [PythonValue] = []
    }

    private let bytes: [UInt8]
    private var position = 0
    private var frames: [Frame] = []

    private init(_ text: String) { bytes = Array(text.utf8) }

    /// The first dictionary of a text; `nil` when there is none, or it does not end.
    static func dictionary(in text: String) -> PythonValue? {
        var reader = PythonLiteral(text)
        return reader.read()
    }

    private mutating func read() -> PythonValue? {
        guard let start = bytes.firstIndex(of: UInt8(ascii: "{")) else { return nil }
        position = start
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "("):
                frames.append(Frame(bracket: byte))
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ")"):
                position += 1
                guard let frame = frames.popLast() else { return nil }
                let value: PythonValue =
                    frame.bracket == UInt8(ascii: "{")
                    ? .map(ofPairs: frame.values[...]) : .list(frame.values)
                if frames.isEmpty { return value }
                add(value)
            case UInt8(ascii: "'"), UInt8(ascii: "\""): add(.text(string(until: byte)))
            case UInt8(ascii: "<"):
                while position < bytes.count, bytes[position] != UInt8(ascii: ">") { position += 1 }
                position += 1
                add(.opaque)
            case _ where Self.isWord(byte): word()
            default: position += 1
            }
        }
        return nil
    }

    private mutating func add(_ value: PythonValue) {
        guard !frames.isEmpty else { return }
        frames[frames.count - 1].values.append(value)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// A number or a name; the letter before a text, as in `u'…'`, says nothing here.
    private mutating func word() {
        let start = position
        while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
        let isPrefix =
            position < bytes.count && position - start <= 2
            && [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(bytes[position])
        guard !isPrefix else { return }
        switch String(decoding: bytes[start..<position], as: UTF8.self) {
        case "None": add(.nothing)
        case "True": add(.number(1))
        case "False": add(.number(0))
        case let word:
            let digits = word.hasSuffix("L") ? String(word.dropLast()) : word
            add(Double(digits).map(PythonValue.number) ?? .opaque)
        }
    }

    private mutating func string(until quote: UInt8) -> String {
        position += 1
        var output: [UInt8] = []
        while position < bytes.count, bytes[position] != quote {
            if bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count {
                position += 1
                output += escape()
            } else {
                output.append(bytes[position])
                position += 1
            }
        }
        position += 1
        return PythonValue.decoded(output)
    }

    private mutating func escape() -> [UInt8] {
        let letter = bytes[position]
        position += 1
        let digits: [UInt8: Int] = [
            UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8,
        ]
        if let count = digits[letter], position + count <= bytes.count,
            let code = UInt32(
                String(decoding: bytes[position..<(position + count)], as: UTF8.self),
                radix: 16
            )
        {
            position += count
            if letter == UInt8(ascii: "x") { return [UInt8(truncatingIfNeeded: code)] }
            return Array(String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
        }
        switch letter {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0D]
        default: return [letter]
        }
    }
}

extension PythonValue {
    /// Python 2 kept bytes: UTF-8, or what was there before it.
    static func decoded(_ bytes: some Sequence<UInt8>) -> String {
        let bytes = Array(bytes)
        return String(validating: bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}
