/// SQL text with its values held apart, so that a value can never become syntax.
///
/// The text comes from literals alone (`StaticString`); an interpolated value becomes a numbered
/// parameter, an interpolated `SQL` is spliced in and its parameters are numbered anew.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// A part of the statement, in order.
    enum Segment: Sendable {
        case literal(StaticString)
        case value(SQLValue)
    }

    private(set) var segments: [Segment]

    package init(stringLiteral value: StaticString) {
        segments = value.utf8CodeUnitCount == 0 ? [] : [.literal(value)]
    }

    package init(stringInterpolation: Interpolation) {
        segments = stringInterpolation.segments
    }

    private init(segments: [Segment]) {
        self.segments = segments
    }

    /// True when there is neither text nor a value.
    package var isEmpty: Bool { segments.isEmpty }

    /// The bound values, in the order of their parameters.
    package var values: [SQLValue] {
        segments.compactMap { segment in
            guard case .value(let value) = segment else {
                return nil
            }
            return value
        }
    }

    /// The statement as the server reads it, with `$1`, `$2`, … for the values.
    package var text: String {
        var capacity = 0
        for segment in segments {
            switch segment {
            case .literal(let literal): capacity += literal.byteCount
            case .value: capacity += 6
            }
        }
        return String(unsafeUninitializedCapacity: capacity) { buffer in
            var end = 0
            var number = 0
            for segment in segments {
                switch segment {
                case .literal(let literal):
                    end = literal.copy(to: buffer, at: end)
                case .value:
                    number += 1
                    end = writeParameter(number, to: buffer, at: end)
                }
            }
            return end
        }
    }

    package static func + (left: SQL, right: SQL) -> SQL {
        SQL(segments: left.segments + right.segments)
    }

    package static func += (left: inout SQL, right: SQL) {
        left.segments.append(contentsOf: right.segments)
    }

    /// The fragments one after another with the separator between each two.
    package static func joined(_ parts: [SQL], separator: StaticString) -> SQL {
        var segments: [Segment] = []
        segments.reserveCapacity(parts.count * 3)
        for (index, part) in parts.enumerated() {
            if index > 0 {
                segments.append(.literal(separator))
            }
            segments.append(contentsOf: part.segments)
        }
        return SQL(segments: segments)
    }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var segments: [Segment] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            segments.reserveCapacity(interpolationCount * 2 + 1)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            guard literal.utf8CodeUnitCount > 0 else {
                return
            }
            segments.append(.literal(literal))
        }

        package mutating func appendInterpolation(_ value: some SQLEncodable) {
            segments.append(.value(value.sqlValue))
        }

        /// Of its own, because the compiler warns of an optional that meets a generic parameter.
        package mutating func appendInterpolation<Value: SQLEncodable>(_ value: Value?) {
            segments.append(.value(value?.sqlValue ?? .null))
        }

        package mutating func appendInterpolation(_ fragment: SQL) {
            segments.append(contentsOf: fragment.segments)
        }
    }
}

extension SQL: Hashable {
    package static func == (left: SQL, right: SQL) -> Bool {
        left.values == right.values && left.text == right.text
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(text)
        hasher.combine(values)
    }
}

extension SQL: CustomStringConvertible {
    /// The text without the values: what may stand in a log.
    package var description: String { text }
}

extension StaticString {
    fileprivate var byteCount: Int {
        hasPointerRepresentation ? utf8CodeUnitCount : 4
    }

    /// Copies the UTF-8 bytes into the buffer and returns where they end.
    fileprivate func copy(to buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int) -> Int {
        withUTF8Buffer { bytes in
            guard let source = bytes.baseAddress, let target = buffer.baseAddress else {
                return start
            }
            (target + start).update(from: source, count: bytes.count)
            return start + bytes.count
        }
    }
}

/// Writes `$number`, of at most six characters, and returns where it ends.
///
/// A number beyond ``Limits/parameters`` is cut off; such a statement is refused before it is sent.
private func writeParameter(
    _ number: Int,
    to buffer: UnsafeMutableBufferPointer<UInt8>,
    at start: Int
) -> Int {
    buffer[start] = UInt8(ascii: "$")
    var digits = 1
    var rest = min(number, 99_999)
    var probe = rest
    while probe >= 10 {
        probe /= 10
        digits += 1
    }
    var position = start + digits
    while position > start {
        buffer[position] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
        position -= 1
    }
    return start + digits + 1
}
