/// Quoted-printable (RFC 2045 §6.7).
enum QuotedPrintable {
    /// Decodes tolerantly: blanks at the end of a line go, a wrong `=` stays as it is.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int = .max) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(min(bytes.count, limit))
        var position = 0
        while position < bytes.count, output.count < limit {
            let line = bytes.line(at: position, end: bytes.count)
            var end = line.content.upperBound
            while end > line.content.lowerBound, bytes[end - 1].isBlank { end -= 1 }
            let soft = end > line.content.lowerBound && bytes[end - 1] == ASCII.equal
            if soft { end -= 1 }
            appendLine(bytes, line.content.lowerBound..<end, limit, to: &output)
            if !soft { output += bytes[line.content.upperBound..<line.next] }
            position = line.next
        }
        if output.count > limit { output.removeLast(output.count - limit) }
        return output
    }

    private static func appendLine(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ range: Range<Int>,
        _ limit: Int,
        to output: inout [UInt8]
    ) {
        var index = range.lowerBound
        while index < range.upperBound, output.count < limit {
            guard let escape = bytes.index(of: ASCII.equal, in: index..<range.upperBound) else {
                output += bytes[index..<range.upperBound]
                return
            }
            if index < escape { output += bytes[index..<escape] }
            index = escape + 1
            if escape + 2 < range.upperBound, let high = bytes[escape + 1].hexValue,
                let low = bytes[escape + 2].hexValue
            {
                output.append(high << 4 | low)
                index = escape + 3
            } else {
                output.append(ASCII.equal)
            }
        }
    }

    /// Encodes text with LF or CRLF line ends into lines of at most 76 characters, ended by CRLF.
    static func encode(_ text: some Collection<UInt8>) -> [UInt8] {
        let bytes = Array(text)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 16)
        var column = 0
        func emit(_ unit: [UInt8]) {
            if column + unit.count > 75 {
                output += [ASCII.equal, ASCII.cr, ASCII.lf]
                column = 0
            }
            output += unit
            column += unit.count
        }
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : ASCII.lf
            if byte == ASCII.lf || (byte == ASCII.cr && next == ASCII.lf && index + 1 < bytes.count)
            {
                output += [ASCII.cr, ASCII.lf]
                column = 0
                index += byte == ASCII.lf ? 1 : 2
                continue
            }
            let endsLine = next == ASCII.lf || next == ASCII.cr
            emit(unit(byte, atLineStart: column == 0, atLineEnd: endsLine))
            index += 1
        }
        return output
    }

    /// A byte as it stands in a line; a dot and `From ` at the head of one are encoded, for the sake of
    /// relays that touch them.
    private static func unit(_ byte: UInt8, atLineStart: Bool, atLineEnd: Bool) -> [UInt8] {
        let plain =
            switch byte {
            case ASCII.equal: false
            case ASCII.dot, 0x46: !atLineStart
            case ASCII.space, ASCII.tab: !atLineEnd
            default: byte > 32 && byte < 127
            }
        guard !plain else { return [byte] }
        return [ASCII.equal, ASCII.hexDigits[Int(byte >> 4)], ASCII.hexDigits[Int(byte & 15)]]
    }
}
