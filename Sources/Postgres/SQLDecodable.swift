/// A type that can be read from one column in PostgreSQL's text format.
package protocol SQLDecodable {
    /// - Parameter column: the bytes of the column, nil for NULL.
    static func decode(_ column: UnsafeBufferPointer<UInt8>?) throws(PostgresError) -> Self
}

extension SQLDecodable {
    /// The bytes, or an error that says NULL was not expected here.
    package static func require(
        _ column: UnsafeBufferPointer<UInt8>?
    ) throws(PostgresError) -> UnsafeBufferPointer<UInt8> {
        guard let column else {
            throw PostgresError(.decoding, "NULL where \(Self.self) is expected")
        }
        return column
    }

    /// The error for bytes that are no such value; they are quoted up to a bound.
    package static func mismatch(_ column: UnsafeBufferPointer<UInt8>) -> PostgresError {
        let start = String(decoding: column.prefix(40), as: UTF8.self)
        return PostgresError(.decoding, "'\(start)' is no \(Self.self)")
    }
}

extension SQLDecodable where Self: FixedWidthInteger {
    package static func decode(
        _ column: UnsafeBufferPointer<UInt8>?
    ) throws(PostgresError) -> Self {
        let bytes = try require(column)
        guard let value = Int64(decimal: bytes), let result = Self(exactly: value) else {
            throw mismatch(bytes)
        }
        return result
    }
}

extension Int: SQLDecodable {}
extension Int16: SQLDecodable {}
extension Int32: SQLDecodable {}
extension Int64: SQLDecodable {}

extension Int64 {
    /// Reads an optional minus sign and digits; nil for anything else or when it does not fit.
    init?(decimal bytes: UnsafeBufferPointer<UInt8>) {
        let isNegative = bytes.first == UInt8(ascii: "-")
        let start = isNegative ? 1 : 0
        // 18 digits always fit; what is longer takes the careful way.
        guard bytes.count > start, bytes.count - start <= 18 else {
            guard bytes.count <= 20, let value = Int64(String(decoding: bytes, as: UTF8.self))
            else {
                return nil
            }
            self = value
            return
        }
        var value: Int64 = 0
        for index in start..<bytes.count {
            let digit = bytes[index] &- 48
            guard digit <= 9 else {
                return nil
            }
            value = value &* 10 &+ Int64(digit)
        }
        self = isNegative ? -value : value
    }
}

extension String: SQLDecodable {
    package static func decode(
        _ column: UnsafeBufferPointer<UInt8>?
    ) throws(PostgresError) -> String {
        String(decoding: try require(column), as: UTF8.self)
    }
}

extension Bool: SQLDecodable {
    package static func decode(
        _ column: UnsafeBufferPointer<UInt8>?
    ) throws(PostgresError) -> Bool {
        let bytes = try require(column)
        guard bytes.count == 1, bytes[0] == UInt8(ascii: "t") || bytes[0] == UInt8(ascii: "f")
        else {
            throw mismatch(bytes)
        }
        return bytes[0] == UInt8(ascii: "t")
    }
}

extension Double: SQLDecodable {
    package static func decode(
        _ column: UnsafeBufferPointer<UInt8>?
    ) throws(PostgresError) -> Double {
        let bytes = try require(column)
        guard let value = Double(String(decoding: bytes, as: UTF8.self)) else {
            throw mismatch(bytes)
        }
        return value
    }
}

extension Optional: SQLDecodable where Wrapped: SQLDecodable {
    package static func decode(
        _ column: UnsafeBufferPointer<UInt8>?
    ) throws(PostgresError) -> Wrapped? {
        guard let column else {
            return nil
        }
        return try Wrapped.decode(column)
    }
}

extension Array: SQLDecodable where Element: SQLArrayElement {
    package static func decode(
        _ column: UnsafeBufferPointer<UInt8>?
    ) throws(PostgresError) -> [Element] {
        try Element.decode(array: try require(column))
    }
}
