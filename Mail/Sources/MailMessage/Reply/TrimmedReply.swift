/// What of a mail is the author's own, and why the rest is not.
package struct TrimmedReply: Sendable, Hashable {
    /// One line of the mail and what became of it.
    package struct Line: Sendable, Hashable, Encodable {
        package let text: String
        package let verdict: Verdict
        package let reason: Reason
    }

    package enum Verdict: String, Sendable, Encodable {
        case kept
        case elided
    }

    /// Why a line was kept or elided.
    package enum Reason: String, Sendable, Encodable {
        case text
        case blank
        case code
        /// A quote that the author answers or gives with his words.
        case quote
        case attribution
        case trailingQuote = "trailing_quote"
        case quotedAbove = "quoted_above"
        case signature
        case deviceSignature = "device_signature"
        case originalMessage = "original_message"
        case headerBlock = "header_block"
        case previousReplies = "previous_replies"
        case replyAbove = "reply_above"
        case listFooter = "list_footer"
        case armour = "pgp_armour"
    }

    package let kept: String
    package let elided: String
    package let lines: [Line]

    /// Why the first elided line that is not blank was elided; nil when nothing was.
    package var elidedBecause: Reason? {
        lines.first { $0.verdict == .elided && $0.reason != .blank }?.reason
    }

    init(lines: [Line]) {
        self.lines = lines
        kept = Self.join(lines, .kept)
        elided = Self.join(lines, .elided)
    }

    /// The lines of one verdict; where others were taken out between them one blank line remains.
    private static func join(_ lines: [Line], _ verdict: Verdict) -> String {
        var output = ""
        var blanks = 0
        var skipped = false
        for line in lines {
            guard line.verdict == verdict else {
                skipped = true
                continue
            }
            guard line.reason != .blank else {
                blanks += 1
                continue
            }
            if !output.isEmpty {
                let gap = skipped ? max(1, min(blanks, 1)) : blanks
                output += String(repeating: "\n", count: gap + 1)
            }
            output += line.text
            blanks = 0
            skipped = false
        }
        while output.last?.isWhitespace == true { output.removeLast() }
        return output
    }
}

extension TrimmedReply: Encodable {
    private enum CodingKeys: String, CodingKey {
        case kept
        case elided
        case lines
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kept, forKey: .kept)
        try container.encode(elided, forKey: .elided)
        try container.encode(Array(lines.prefix(Limits.shownLines)), forKey: .lines)
    }
}
