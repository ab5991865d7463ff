/// A type whose lists are PostgreSQL arrays of one dimension. The defaults write and read the array
/// literal (PostgreSQL documentation 8.15.6); `UInt8` makes an exception: `[UInt8]` is `bytea`.
package protocol SQLArrayElement: SQLEncodable, SQLDecodable {
    static func encode(array: [Self]) -> SQLValue
    static func decode(array bytes: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> [Self]
}

extension Int: SQLArrayElement {}
extension Int16: SQLArrayElement {}
extension Int32: SQLArrayElement {}
extension Int64: SQLArrayElement {}
extension Bool: SQLArrayElement {}
extension Double: SQLArrayElement {}
extension String: SQLArrayElement {}
extension Timestamp: SQLArrayElement {}
extension Optional: SQLArrayElement where Wrapped: SQLArrayElement {}

extension SQLArrayElement {
    package static func encode(array: [Self]) -> SQLValue {
        var text: [UInt8] = []
        text.reserveCapacity(array.count * 8 + 2)
        text.append(UInt8(ascii: "{"))
        for (index, element) in array.enumerated() {
            if index > 0 {
                text.append(UInt8(ascii: ","))
            }
            guard let value = element.sqlValue.text else {
                text.append(contentsOf: "NULL".utf8)
                continue
            }
            text.append(UInt8(ascii: "\""))
            for byte in value.utf8 {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                    text.append(UInt8(ascii: "\\"))
                }
                text.append(byte)
            }
            text.append(UInt8(ascii: "\""))
        }
        text.append(UInt8(ascii: "}"))
        return SQLValue(String(decoding: text, as: UTF8.self))
    }

    package static func decode(
        array bytes: UnsafeBufferPointer<UInt8>
    ) throws(PostgresError) -> [Self] {
        var elements: [Self] = []
        var scanner = ArrayScanner(bytes: bytes)
        try scanner.open()
        while let element = try scanner.next() {
            guard elements.count < Limits.arrayElements else {
                throw PostgresError(.decoding, "an array of too many elements")
            }
            switch element {
            case .null:
                elements.append(try decode(nil))
            case .text(let text):
                elements.append(
                    try text.withUnsafeBufferPointer { (buffer) throws(PostgresError) in
                        try decode(buffer)
                    }
                )
            }
        }
        return elements
    }
}

/// Walks through an array literal of one dimension.
private struct ArrayScanner {
    enum Element {
        case null
        case text([UInt8])
    }

    let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var isFirst = true

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    private var malformed: PostgresError {
        PostgresError(.decoding, "no array of one dimension")
    }

    mutating func open() throws(PostgresError) {
        guard bytes.count >= 2, bytes[0] == UInt8(ascii: "{") else {
            throw malformed
        }
        position = 1
    }

    /// The next element, nil after the last.
    mutating func next() throws(PostgresError) -> Element? {
        guard position < bytes.count else {
            throw malformed
        }
        if bytes[position] == UInt8(ascii: "}") {
            guard position == bytes.count - 1 else {
                throw malformed
            }
            return nil
        }
        if !isFirst {
            guard bytes[position] == UInt8(ascii: ",") else {
                throw malformed
            }
            position += 1
        }
        isFirst = false
        guard position < bytes.count, bytes[position] != UInt8(ascii: "{") else {
            throw malformed
        }
        if bytes[position] == UInt8(ascii: "\"") {
            return .text(try quoted())
        }
        return plain()
    }

    private mutating func quoted() throws(PostgresError) -> [UInt8] {
        var text: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") {
                return text
            }
            if byte == UInt8(ascii: "\\"), position < bytes.count {
                text.append(bytes[position])
                position += 1
            } else {
                text.append(byte)
            }
        }
        throw malformed
    }

    private mutating func plain() -> Element {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: ","),
            bytes[position] != UInt8(ascii: "}")
        {
            position += 1
        }
        let text = bytes[start..<position]
        return text.elementsEqual("NULL".utf8) ? .null : .text(Array(text))
    }
}

// MARK: - bytea

extension UInt8: SQLArrayElement {
    /// A single byte is an integer to PostgreSQL; only lists of bytes are `bytea`.
    package var sqlValue: SQLValue { SQLValue(String(self)) }

    package static func encode(array: [UInt8]) -> SQLValue {
        let digits: StaticString = "0123456789abcdef"
        let text = String(unsafeUninitializedCapacity: array.count * 2 + 2) { buffer in
            buffer[0] = UInt8(ascii: "\\")
            buffer[1] = UInt8(ascii: "x")
            var position = 2
            for byte in array {
                buffer[position] = digits.utf8Start[Int(byte >> 4)]
                buffer[position + 1] = digits.utf8Start[Int(byte & 15)]
                position += 2
            }
            return position
        }
        return SQLValue(text)
    }

    package static func decode(
        array bytes: UnsafeBufferPointer<UInt8>
    ) throws(PostgresError) -> [UInt8] {
        guard bytes.count >= 2, bytes.count % 2 == 0, bytes[0] == UInt8(ascii: "\\"),
            bytes[1] == UInt8(ascii: "x")
        else {
            throw PostgresError(.decoding, "no bytea in hexadecimal form")
        }
        var isValid = true
        let result = [UInt8](unsafeUninitializedCapacity: bytes.count / 2 - 1) { buffer, count in
            for index in 0..<(bytes.count / 2 - 1) {
                let high = hexDigit(bytes[index * 2 + 2])
                let low = hexDigit(bytes[index * 2 + 3])
                if high > 15 || low > 15 {
                    isValid = false
                }
                buffer[index] = high << 4 | (low & 15)
            }
            count = bytes.count / 2 - 1
        }
        guard isValid else {
            throw PostgresError(.decoding, "no bytea in hexadecimal form")
        }
        return result
    }

    private static func hexDigit(_ character: UInt8) -> UInt8 {
        switch character {
        case 48...57: character - 48
        case 65...70: character - 55
        case 97...102: character - 87
        default: 255
        }
    }
}

extension UInt8: SQLDecodable {}
