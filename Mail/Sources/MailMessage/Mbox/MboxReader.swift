/// Reads the mails of an mbox file one after the other, in bounded memory.
///
/// Understands mboxo and mboxrd, gzip by its magic bytes, LF and CRLF. A file that holds one mail
/// without a `From ` line is read as that mail.
package final class MboxReader {
    /// How lines that begin with `From ` were quoted in bodies.
    package enum Quoting: Sendable {
        /// As mboxrd, but `>From ` right below a quoted line is taken for the quote it looks like.
        case automatic
        /// One `>` is taken from `>From ` alone.
        case mboxo
        /// One `>` is taken from any number of them before `From `.
        case mboxrd
        /// Bodies stay as they are.
        case none
    }

    /// One mail of the file.
    package struct Item: Sendable {
        /// The mail without its `From ` line; empty when it was skipped.
        package let raw: [UInt8]
        /// Its place in the file, from 1.
        package let number: Int
        /// Where it begins in the decompressed bytes.
        package let offset: Int
        /// The sender in the `From ` line; nil without such a line.
        package let envelopeSender: String?
        /// The time of delivery in the `From ` line.
        package let envelopeDate: MailDate?
        /// Set when the mail is larger than the limit: how many bytes it has. Its bytes are not kept.
        package let skippedBytes: Int?

        package init(
            raw: [UInt8],
            number: Int,
            offset: Int,
            envelopeSender: String?,
            envelopeDate: MailDate?,
            skippedBytes: Int?
        ) {
            self.raw = raw
            self.number = number
            self.offset = offset
            self.envelopeSender = envelopeSender
            self.envelopeDate = envelopeDate
            self.skippedBytes = skippedBytes
        }
    }

    private let source: ByteSource
    private let quoting: Quoting
    private let limit: Int
    private var buffer: [UInt8] = []
    private var head = 0
    private var offset = 0
    private var number = 0
    private var fromLine: [UInt8]?
    private var hasStarted = false

    package init(
        path: String,
        quoting: Quoting = .automatic,
        limits: Limits = .standard
    ) throws(MboxError) {
        source = try ByteSource(path: path)
        self.quoting = quoting
        limit = limits.messageBytes
    }

    /// Bytes of the file as it is on the disk.
    package var totalBytes: Int { source.totalBytes }

    /// How many of them were read: for a progress bar.
    package var position: Int { min(source.position, max(totalBytes, source.position)) }

    /// What ended the file before its time, e.g. a truncated gzip; the mails before it were given.
    package var damage: String? { source.damage }

    /// The next mail; nil at the end.
    package func next() -> Item? {
        if !hasStarted { start() }
        guard hasLine else { return nil }
        let begin = offset
        var mail = Accumulator(limit: limit)
        var previous = LineShape.blank
        while let line = peekLine() {
            if previous != .other || buffer[line.lowerBound] == 0x46, mail.total > 0,
                isSeparator(line, afterBlank: previous == .blank)
            {
                break
            }
            previous = take(line, after: previous, into: &mail)
        }
        number += 1
        let item = mail.item(number: number, offset: begin, fromLine: fromLine)
        fromLine = nil
        readFromLine()
        return item
    }

    private enum LineShape {
        case blank
        case quote
        case other
    }

    /// Copies a line, its quoting undone.
    private func take(
        _ line: Range<Int>,
        after previous: LineShape,
        into mail: inout Accumulator
    ) -> LineShape {
        let first = buffer[line.lowerBound]
        let isQuote = first == ASCII.greater
        let start =
            isQuote && isQuotedFrom(line, after: previous) ? line.lowerBound + 1 : line.lowerBound
        mail.append(buffer[start..<line.upperBound])
        let isBlank = first == ASCII.lf || (first == ASCII.cr && line.count == 2)
        consume(line)
        return isBlank ? .blank : isQuote ? .quote : .other
    }

    private func isQuotedFrom(_ line: Range<Int>, after previous: LineShape) -> Bool {
        let marks = buffer[line].prefix { $0 == ASCII.greater }.count
        guard buffer[(line.lowerBound + marks)..<line.upperBound].starts(with: "From ".utf8) else {
            return false
        }
        switch quoting {
        case .automatic: return !(marks == 1 && previous == .quote)
        case .mboxo: return marks == 1
        case .mboxrd: return true
        case .none: return false
        }
    }

    // MARK: `From ` lines

    /// Skips blank lines at the head of the file and reads the first `From ` line.
    private func start() {
        hasStarted = true
        while let line = peekLine(), buffer[line].allSatisfy(\.isWhitespace) { consume(line) }
        readFromLine()
    }

    private func readFromLine() {
        guard let line = peekLine(), isSeparator(line, afterBlank: true) else { return }
        fromLine = Array(buffer[line])
        consume(line)
    }

    /// Whether a line begins the next mail. It needs a date as `asctime` writes it, and a header behind
    /// it; without a blank line before it, nothing else in it.
    private func isSeparator(_ line: Range<Int>, afterBlank: Bool) -> Bool {
        guard buffer[line].starts(with: "From ".utf8), line.count <= Limits.fromLineBytes else {
            return false
        }
        let parsed = FromLine(buffer[line])
        guard parsed.isPlausible, afterBlank || parsed.isExact else { return false }
        return isHeaderAhead(of: line)
    }

    private func isHeaderAhead(of line: Range<Int>) -> Bool {
        guard let next = peekLine(skipping: line.count) else { return true }
        let bytes = buffer[next]
        if bytes.starts(with: ">From ".utf8) || bytes.starts(with: "From ".utf8) { return true }
        guard let colon = bytes.prefix(100).firstIndex(of: ASCII.colon), colon > next.lowerBound
        else {
            return bytes.allSatisfy(\.isWhitespace) && !bytes.isEmpty
                && FromLine(buffer[line]).isExact
        }
        return bytes[..<colon].allSatisfy(\.isFieldName)
    }

    // MARK: Lines

    private var hasLine: Bool { peekLine() != nil || fromLine != nil }

    /// The next line with its end; a very long one comes in pieces.
    private func peekLine(skipping: Int = 0) -> Range<Int>? {
        var searched = head + skipping
        while true {
            let found = buffer.withUnsafeBufferPointer {
                $0.index(of: ASCII.lf, in: min(searched, $0.count)..<$0.count)
            }
            if let found { return (head + skipping)..<(found + 1) }
            searched = buffer.count
            if buffer.count - head - skipping > Self.lineBytes {
                return (head + skipping)..<buffer.count
            }
            if skipping == 0, head > Self.lineBytes {
                buffer.removeFirst(head)
                searched -= head
                head = 0
            }
            guard source.appendNext(to: &buffer) else {
                let rest = (head + skipping)..<max(head + skipping, buffer.count)
                return rest.isEmpty ? nil : rest
            }
        }
    }

    private static let lineBytes = 262_144

    private func consume(_ line: Range<Int>) {
        offset += line.count
        head += line.count
    }
}

/// Collects the lines of one mail as long as it is within the limit.
private struct Accumulator {
    let limit: Int
    private(set) var total = 0
    private var bytes: [UInt8] = []

    init(limit: Int) { self.limit = limit }

    mutating func append(_ line: ArraySlice<UInt8>) {
        total += line.count
        if total <= limit {
            bytes += line
        } else if !bytes.isEmpty {
            bytes = []
        }
    }

    /// The mail, without the blank line that separates it from the next.
    func item(number: Int, offset: Int, fromLine: [UInt8]?) -> MboxReader.Item {
        var raw = bytes
        if raw.suffix(4) == [ASCII.cr, ASCII.lf, ASCII.cr, ASCII.lf] {
            raw.removeLast(2)
        } else if raw.suffix(2) == [ASCII.lf, ASCII.lf] {
            raw.removeLast()
        }
        let from = fromLine.map { FromLine($0[...]) }
        return MboxReader.Item(
            raw: raw,
            number: number,
            offset: offset,
            envelopeSender: from?.sender,
            envelopeDate: from?.date,
            skippedBytes: total > limit ? total : nil
        )
    }
}

/// `From sender Thu Aug 22 12:36:23 2002`.
private struct FromLine {
    let sender: String?
    let date: MailDate?
    /// Whether there is a month, a clock and a year.
    let isPlausible: Bool
    /// Whether it is a sender and a date of `asctime`, and nothing else.
    let isExact: Bool

    init(_ line: ArraySlice<UInt8>) {
        let words = line.trimmed.split(whereSeparator: \.isWhitespace).dropFirst().map {
            String(decoding: $0, as: UTF8.self)
        }
        let dateStart = words.firstIndex { word in
            let head = word.prefix(3).lowercased()
            return MailDate.weekdays.contains { $0.lowercased() == head } && word.count <= 4
        }
        let start = dateStart ?? min(1, words.count)
        sender = start > 0 ? words.first : nil
        let date = MailDate(words[start...].joined(separator: " "))
        let hasClock = words[start...].contains { $0.contains(":") }
        let hasYear = words[start...].contains {
            $0.count == 4 && Int($0).map { $0 > 1969 } ?? false
        }
        self.date = date
        isPlausible = date != nil && hasClock && hasYear
        isExact = isPlausible && dateStart == 1 && words.count <= 8
    }
}
