extension WireValue {
    /// Reads one JSON value (RFC 8259), strictly: no duplicate keys, nothing after it, valid UTF-8,
    /// no lone surrogates, at most ``Limits/jsonDepth`` levels and `values` values.
    ///
    /// `lenient` lets a key come twice, the last one counts, and reads half a surrogate pair as
    /// U+FFFD: for replies of servers that are not ours.
    package static func parse(
        json: [UInt8],
        values: Int = Limits.requestValues,
        lenient: Bool = false
    ) throws(WireError) -> WireValue {
        let result: Result<WireValue, WireError> = json.withUnsafeBufferPointer { bytes in
            var parser = JSONParser(bytes: bytes, values: values, lenient: lenient)
            do throws(WireError) {
                return .success(try parser.document())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}

/// Keeps what is open in a list instead of calling itself, so that no input can exhaust the stack.
private struct JSONParser {
    /// An object or a list whose end has not come.
    private struct Open {
        var isObject: Bool
        /// The key whose value comes next.
        var key = ""
        var elements: [WireValue] = []
        var members = WireObject()
    }

    let bytes: UnsafeBufferPointer<UInt8>
    let values: Int
    let lenient: Bool
    private var place = 0
    private var seen = 0
    private var open: [Open] = []

    init(bytes: UnsafeBufferPointer<UInt8>, values: Int, lenient: Bool) {
        self.bytes = bytes
        self.values = values
        self.lenient = lenient
    }

    mutating func document() throws(WireError) -> WireValue {
        while true {
            // Here a value must come. `nil` opened something.
            guard var value = try begin() else { continue }
            // Here a value is complete: close what it completes.
            while true {
                guard !open.isEmpty else {
                    skipSpace()
                    guard place == bytes.count else {
                        throw error("there is something after the JSON value")
                    }
                    return value
                }
                guard let complete = try add(value) else { break }
                value = complete
            }
        }
    }

    /// A scalar or an empty container; nil when a container was opened that has a first element.
    private mutating func begin() throws(WireError) -> WireValue? {
        skipSpace()
        seen += 1
        guard seen <= values else {
            throw .tooMuch("The JSON has more than \(values) values.")
        }
        guard place < bytes.count else { throw error("the JSON ends too early") }
        switch bytes[place] {
        case 0x7B:
            try enter()
            if take(0x7D) { return .object(WireObject()) }
            open.append(Open(isObject: true, key: try key()))
            return nil
        case 0x5B:
            try enter()
            if take(0x5D) { return .array([]) }
            open.append(Open(isObject: false))
            return nil
        case 0x22:
            return .string(try string())
        case 0x74:
            try word("true")
            return .bool(true)
        case 0x66:
            try word("false")
            return .bool(false)
        case 0x6E:
            try word("null")
            return .null
        case 0x2D, 0x30...0x39:
            return .number(try number())
        default:
            throw error("no JSON value begins like this")
        }
    }

    /// Adds a value to the innermost open container, which is returned when it ends there.
    private mutating func add(_ value: WireValue) throws(WireError) -> WireValue? {
        let last = open.count - 1
        guard open[last].isObject else {
            open[last].elements.append(value)
            if take(0x5D) { return open.popLast().map { .array($0.elements) } }
            guard take(0x2C) else { throw error("expected , or ]") }
            return nil
        }
        if lenient {
            open[last].members.set(open[last].key, to: value)
        } else if !open[last].members.add(open[last].key, value) {
            throw error("the key \(open[last].key.debugDescription) comes twice")
        }
        if take(0x7D) { return open.popLast().map { .object($0.members) } }
        guard take(0x2C) else { throw error("expected , or }") }
        open[last].key = try key()
        return nil
    }

    private mutating func enter() throws(WireError) {
        place += 1
        guard open.count < Limits.jsonDepth else {
            throw .tooMuch("The JSON has more than \(Limits.jsonDepth) levels.")
        }
    }

    private mutating func key() throws(WireError) -> String {
        skipSpace()
        guard place < bytes.count, bytes[place] == 0x22 else { throw error("expected a key") }
        let key = try string()
        guard take(0x3A) else { throw error("expected :") }
        return key
    }

    private mutating func skipSpace() {
        while place < bytes.count {
            let byte = bytes[place]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            place += 1
        }
    }

    /// Skips space and one given byte, if it is there.
    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func word(_ text: StaticString) throws(WireError) {
        for index in 0..<text.utf8CodeUnitCount {
            guard place < bytes.count, bytes[place] == text.utf8Start[index] else {
                throw error("expected \(text)")
            }
            place += 1
        }
    }

    private mutating func number() throws(WireError) -> String {
        let start = place
        if bytes[place] == 0x2D { place += 1 }
        let whole = digits()
        guard whole > 0 else { throw error("a number without digits") }
        guard whole == 1 || bytes[place - whole] != 0x30 else {
            throw error("a number with leading zeros")
        }
        if place < bytes.count, bytes[place] == 0x2E {
            place += 1
            guard digits() > 0 else { throw error("a number without digits after its point") }
        }
        if place < bytes.count, bytes[place] | 0x20 == 0x65 {
            place += 1
            if place < bytes.count, bytes[place] == 0x2B || bytes[place] == 0x2D { place += 1 }
            guard digits() > 0 else { throw error("a number without digits in its exponent") }
        }
        guard place - start <= 64 else { throw error("a number with too many digits") }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func digits() -> Int {
        let start = place
        while place < bytes.count, 0x30...0x39 ~= bytes[place] { place += 1 }
        return place - start
    }

    private mutating func string() throws(WireError) -> String {
        place += 1
        let start = place
        while place < bytes.count {
            switch bytes[place] {
            case 0x22:
                let text = try validated(bytes[start..<place])
                place += 1
                return text
            case 0x5C:
                return try escapedString(from: start)
            case 0x00..<0x20:
                throw error("a control character in a string")
            default:
                place += 1
            }
        }
        throw error("the JSON ends inside a string")
    }

    /// The rest of a string, from its first backslash on.
    private mutating func escapedString(from start: Int) throws(WireError) -> String {
        var content = Array(bytes[start..<place])
        while place < bytes.count {
            let byte = bytes[place]
            switch byte {
            case 0x22:
                let text = try content.withUnsafeBufferPointer {
                    content throws(WireError) -> String in
                    try validated(content[...])
                }
                place += 1
                return text
            case 0x5C:
                place += 1
                content.append(contentsOf: try escape())
            case 0x00..<0x20:
                throw error("a control character in a string")
            default:
                content.append(byte)
                place += 1
            }
        }
        throw error("the JSON ends inside a string")
    }

    private func validated(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) throws(WireError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw error("a string that is not UTF-8")
        }
        return text
    }

    private mutating func escape() throws(WireError) -> [UInt8] {
        guard place < bytes.count else { throw error("the JSON ends inside a string") }
        let byte = bytes[place]
        place += 1
        switch byte {
        case 0x22, 0x5C, 0x2F: return [byte]
        case 0x62: return [0x08]
        case 0x66: return [0x0C]
        case 0x6E: return [0x0A]
        case 0x72: return [0x0D]
        case 0x74: return [0x09]
        case 0x75: return try unicodeEscape()
        default: throw error("an unknown escape")
        }
    }

    private mutating func unicodeEscape() throws(WireError) -> [UInt8] {
        var code = UInt32(try hexadecimal())
        if 0xD800...0xDBFF ~= code, place + 1 < bytes.count, bytes[place] == 0x5C,
            bytes[place + 1] == 0x75
        {
            let after = place
            place += 2
            let second = UInt32(try hexadecimal())
            if 0xDC00...0xDFFF ~= second {
                code = 0x10000 + ((code - 0xD800) << 10) + (second - 0xDC00)
            } else {
                // No second half: an escape of its own, which is read next.
                place = after
            }
        }
        guard let scalar = Unicode.Scalar(code) else {
            guard lenient else { throw error("half of a surrogate pair") }
            return Array(UTF8.encodedReplacementCharacter)
        }
        return Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    private mutating func hexadecimal() throws(WireError) -> UInt16 {
        guard place + 4 <= bytes.count else { throw error("the JSON ends inside a string") }
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = hexadecimalDigit(bytes[place]) else {
                throw error("an escape without four hexadecimal digits")
            }
            value = value << 4 | UInt16(digit)
            place += 1
        }
        return value
    }

    private func error(_ reason: String) -> WireError {
        .syntax(position: place, reason: reason)
    }
}

/// The value of a hexadecimal digit in ASCII, nil for any other byte.
func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
}
