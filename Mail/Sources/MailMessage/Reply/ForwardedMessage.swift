/// A mail that somebody passed on inside his own: what he wrote, and the mail with its copied header.
package struct ForwardedMessage: Sendable, Hashable {
    /// The words of him who passes it on; empty when there are none.
    package let comment: String
    package let from: Address?
    package let date: MailDate?
    package let subject: String?
    /// The copied header and the text below it, as they stand.
    package let quoted: String
    /// The text below the copied header.
    package let text: String

    /// Finds the first copied header in a text: three fields or more, among them who and when or what
    /// about, in any of the languages mail programs speak. nil when there is none.
    package static func find(in text: String) -> ForwardedMessage? {
        let lines = LineEnds.split(text)
        let kinds = ReplyClassifier.classify(lines)
        var start = 0
        while start < lines.count {
            if let end = HeaderBlock.end(kinds, at: start) {
                return ForwardedMessage(lines, kinds, header: start..<end)
            }
            start += 1
        }
        return nil
    }

    private init(_ lines: [Substring], _ kinds: [ReplyLineKind], header: Range<Int>) {
        var top = header.lowerBound
        while top > 0, [.blank, .marker, .separator].contains(kinds[top - 1]) { top -= 1 }
        comment = PlainText.trimmedEnds(lines[..<top].joined(separator: "\n"))
        quoted = PlainText.trimmedEnds(lines[header.lowerBound...].joined(separator: "\n"))
        text = PlainText.trimmedEnds(lines[header.upperBound...].joined(separator: "\n"))
        func value(_ kind: ReplyLineKind.HeaderKind) -> String? {
            header.first { kinds[$0] == .header(kind) }.map { index in
                let line = lines[index]
                let rest = line.drop { $0 != ":" && $0 != "：" }.dropFirst()
                return String(rest).trimmed.trimmedMarks
            }
        }
        from = value(.from).flatMap { Address.parse($0).first }
        date = value(.date).flatMap { MailDate($0) }
        subject = value(.subject)
    }
}

extension String {
    /// Without the stars of bold text around it.
    fileprivate var trimmedMarks: String {
        var text = self[...]
        while text.first == "*" || text.first == " " { text.removeFirst() }
        while text.last == "*" || text.last == " " { text.removeLast() }
        return String(text)
    }
}

/// A header copied into the text of a mail.
enum HeaderBlock {
    /// The end of the block that begins at line `start`; nil when there is none. Values may run on over
    /// lines.
    static func end(_ kinds: [ReplyLineKind], at start: Int) -> Int? {
        guard case .header = kinds[start] else { return nil }
        var seen: ReplyLineKind.HeaderKind = []
        var count = 0
        var foreign = 0
        var index = start
        while index < kinds.count, kinds[index] != .blank, count < 20 {
            if case .header(let kind) = kinds[index] {
                seen.formUnion(kind)
                count += 1
                foreign = 0
            } else {
                foreign += 1
                if foreign > 2 { break }
            }
            index += 1
        }
        guard count >= 3, seen.contains(.from), seen.contains(.date) || seen.contains(.subject),
            foreign == 0 || count >= 4
        else { return nil }
        return index
    }
}
