/// What is left of a mail's bytes before they are hashed, so that a signature outlives harmless changes
/// (RFC 6376 §3.4).
package enum Canonicalization: String, Sendable, CaseIterable {
    case simple
    case relaxed

    /// A header field.
    ///
    /// - Parameter raw: Name, colon and value with the line ends inside it as CRLF, without the last.
    /// - Returns: The field without a line end.
    package func field(_ raw: some Collection<UInt8>) -> [UInt8] {
        let raw = Array(raw)
        guard self == .relaxed, let colon = raw.firstIndex(of: ASCII.colon) else { return raw }
        var output = raw[..<colon].trimmed.map(\.lowercased)
        output.append(ASCII.colon)
        let unfolded = raw[(colon + 1)...].filter { $0 != ASCII.cr && $0 != ASCII.lf }
        output += Self.reduced(unfolded.trimmed)
        return output
    }

    /// The body of a mail.
    ///
    /// - Parameter raw: With CRLF line ends.
    package func body(_ raw: some Collection<UInt8>) -> [UInt8] {
        let raw = Array(raw)
        var output: [UInt8] = []
        output.reserveCapacity(raw.count + 2)
        /// Where the last line that is not empty ends.
        var end = 0
        var start = 0
        while start < raw.count {
            let newline = raw[start...].firstIndex(of: ASCII.lf)
            var content = raw[start..<(newline ?? raw.count)]
            if newline != nil, content.last == ASCII.cr { content.removeLast() }
            start = newline.map { $0 + 1 } ?? raw.count
            switch self {
            case .simple: output += content
            case .relaxed: output += Self.reduced(content.withoutBlankEnd)
            }
            let isEmpty = output.count == end || output.last == ASCII.lf
            output += [ASCII.cr, ASCII.lf]
            if !isEmpty { end = output.count }
        }
        output.removeSubrange(end...)
        // §3.4.3: an empty body is one line end; §3.4.4: it is nothing.
        return output.isEmpty && self == .simple ? [ASCII.cr, ASCII.lf] : output
    }

    /// Runs of blanks as one space.
    private static func reduced(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        var isInRun = false
        for byte in bytes {
            if !byte.isBlank {
                output.append(byte)
            } else if !isInRun {
                output.append(ASCII.space)
            }
            isInRun = byte.isBlank
        }
        return output
    }
}

extension ArraySlice<UInt8> {
    fileprivate var withoutBlankEnd: ArraySlice<UInt8> {
        var rest = self
        while rest.last?.isBlank == true { rest.removeLast() }
        return rest
    }
}

/// Line ends as they are on the wire.
package enum WireLines {
    /// Every LF that no CR stands before gets one.
    package static func normalised(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 32)
        var last: UInt8 = 0
        for byte in bytes {
            if byte == ASCII.lf, last != ASCII.cr { output.append(ASCII.cr) }
            output.append(byte)
            last = byte
        }
        return output
    }
}
