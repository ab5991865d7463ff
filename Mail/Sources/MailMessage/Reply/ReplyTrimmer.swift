/// Finds what the author of a mail wrote himself: not what he quotes below or above it, no signature,
/// no footer.
///
/// A pure function in linear time. Every line gets a verdict and a reason, so that an administrator sees
/// why. It would rather keep too much than lose what somebody wrote: code fences are never looked into,
/// a typed rule (`---`) cuts nothing, and a mail that has no words of its own stays whole.
package enum ReplyTrimmer {
    package static func trim(_ text: String) -> TrimmedReply {
        var trimming = Trimming(text)
        return trimming.run()
    }
}

/// One run of the trimmer.
private struct Trimming {
    private let lines: [Substring]
    private let kinds: [ReplyLineKind]
    private var reasons: [TrimmedReply.Reason?]
    private var attributions: [Int: Attribution.Found] = [:]
    /// The end of each copied header, by its first line.
    private var headerBlocks: [Int: Int] = [:]
    /// For each line the next one behind it that is not blank.
    private let nextContent: [Int?]
    /// The first line that is the author's own and not elided.
    private var firstOwn: Int
    /// The lines that are not cut off yet.
    private var end: Int

    init(_ text: String) {
        lines = LineEnds.split(text)
        kinds = ReplyClassifier.classify(lines)
        reasons = Array(repeating: nil, count: lines.count)
        end = lines.count
        var next: Int?
        var table = [Int?](repeating: nil, count: lines.count)
        for index in lines.indices.reversed() {
            table[index] = next
            if kinds[index] != .blank { next = index }
        }
        nextContent = table
        firstOwn = lines.count
    }

    mutating func run() -> TrimmedReply {
        elideArmour()
        findAttributions()
        findHeaderBlocks()
        cutAtOwnMarkers()
        findFirstOwn()
        if let position = elideQuotedAbove() {
            findFirstOwn()
            cutAtEarliest(from: position)
        } else {
            cutAtEarliest()
            elideInnerAttributions()
        }
        elideTrailing()
        return TrimmedReply(
            lines: lines.indices.map { index in
                let reason = reasons[index]
                let isBlank = kinds[index] == .blank
                return TrimmedReply.Line(
                    text: String(lines[index]),
                    verdict: reason == nil ? .kept : .elided,
                    reason: isBlank ? .blank : reason ?? keptReason(index)
                )
            }
        )
    }

    private func keptReason(_ index: Int) -> TrimmedReply.Reason {
        switch kinds[index] {
        case .code: .code
        case .quote: .quote
        default: .text
        }
    }

    private mutating func elide(_ range: Range<Int>, _ reason: TrimmedReply.Reason) {
        for index in range where reasons[index] == nil { reasons[index] = reason }
    }

    private mutating func cut(at index: Int, _ reason: TrimmedReply.Reason) {
        elide(index..<end, reason)
        end = min(end, index)
    }

    // MARK: Preparation

    /// The wrapping of a clear-signed message (RFC 4880 §7): its head line with its fields, its
    /// signature.
    private mutating func elideArmour() {
        var index = 0
        while index < lines.count {
            guard case .armour(let kind) = kinds[index] else {
                index += 1
                continue
            }
            var stop = index + 1
            switch kind {
            case .message:
                while stop < lines.count, lines[stop].contains(":"), kinds[stop] != .blank {
                    stop += 1
                }
            case .signature:
                while stop < lines.count, kinds[stop] != .armour(.end) { stop += 1 }
                stop = min(stop + 1, lines.count)
            case .end:
                break
            }
            elide(index..<stop, .armour)
            index = stop
        }
    }

    private mutating func findAttributions() {
        var index = 0
        var paragraphStart = true
        while index < lines.count {
            if let found = Attribution.find(lines, kinds, at: index, paragraphStart: paragraphStart)
            {
                let next = nextContent[index + found.count - 1]
                let isQuoted = next.map { kinds[$0] == .quote } ?? false
                if found.strength == .strong || isQuoted {
                    attributions[index] = found
                    index += found.count
                    paragraphStart = true
                    continue
                }
            }
            paragraphStart = kinds[index] == .blank || kinds[index] == .quote
            index += 1
        }
    }

    /// A header block is looked for once at each head of a row of header lines.
    private mutating func findHeaderBlocks() {
        var index = 0
        while index < lines.count {
            if attributions[index] == nil, isBlockStart(index),
                let stop = HeaderBlock.end(kinds, at: index)
            {
                headerBlocks[index] = stop
                index = stop
            } else {
                index += 1
            }
        }
    }

    /// A copied header stands by itself; one that runs on from other lines is something pasted.
    private func isBlockStart(_ index: Int) -> Bool {
        index == 0 || [.blank, .marker, .separator].contains(kinds[index - 1])
    }

    private mutating func findFirstOwn() {
        var position = 0
        while position < end {
            if let found = attributions[position] {
                position += found.count
            } else if let stop = headerBlocks[position] {
                position = stop
            } else if reasons[position] == nil, isOwn(kinds[position]) {
                break
            } else {
                position += 1
            }
        }
        firstOwn = position
    }

    /// Whether any line before `index` is the author's own.
    private func hasOwnText(before index: Int) -> Bool { firstOwn < index }

    private func isOwn(_ kind: ReplyLineKind) -> Bool {
        switch kind {
        case .text, .code, .header, .device: true
        default: false
        }
    }

    // MARK: Cuts

    /// The forum's own lines: everything from them on is the notification that was answered.
    private mutating func cutAtOwnMarkers() {
        for index in 0..<end {
            if kinds[index] == .replyAbove {
                cut(at: index, .replyAbove)
                return
            }
            guard kinds[index] == .previousReplies else { continue }
            let before = (0..<index).last { kinds[$0] != .blank }
            let hasRule = before.map { kinds[$0] == .separator } ?? false
            cut(at: hasRule ? before ?? index : index, .previousReplies)
            return
        }
    }

    /// A reply below one quoted mail: the attribution or marker, the quote, then text to the end. The
    /// quote goes. With a second quote the author answers piece by piece, and all stays.
    private mutating func elideQuotedAbove() -> Int? {
        guard let first = (0..<end).first(where: { kinds[$0] != .blank && reasons[$0] == nil })
        else {
            return nil
        }
        var position = first
        if let found = attributions[first] {
            position += found.count
        } else if kinds[first] == .marker || headerBlocks[first] != nil {
            if kinds[first] == .marker { position += 1 }
            while position < end, kinds[position] != .quote, kinds[position] != .blank {
                position += 1
            }
        } else {
            return nil
        }
        while position < end, kinds[position] == .blank { position += 1 }
        guard position < end, kinds[position] == .quote else { return nil }
        var last = position
        while position < end, kinds[position] == .quote || kinds[position] == .blank {
            if kinds[position] == .quote { last = position }
            position += 1
        }
        guard position < end, isOwn(kinds[position]), attributions[position] == nil,
            !(position..<end).contains(where: { kinds[$0] == .quote })
        else { return nil }
        elide(first..<(last + 1), .quotedAbove)
        return position
    }

    /// Everything from the first line on that begins another mail, a signature or a footer.
    private mutating func cutAtEarliest(from start: Int = 0) {
        var index = start
        while index < end {
            if let reason = cutReason(at: index), hasOwnText(before: index) {
                cut(at: index, reason)
                return
            }
            index = headerBlocks[index] ?? (index + (attributions[index]?.count ?? 1))
        }
    }

    private func cutReason(at index: Int) -> TrimmedReply.Reason? {
        if let found = attributions[index] {
            guard found.strength == .strong else { return nil }
            let next = nextContent[index + found.count - 1]
            let isQuoted = next.map { $0 < end && kinds[$0] == .quote } ?? false
            return isQuoted ? nil : .originalMessage
        }
        switch kinds[index] {
        case .marker: return .originalMessage
        case .header: return headerBlocks[index] == nil ? nil : .headerBlock
        case .signatureMark(let isExact): return isSignature(at: index, isExact) ? .signature : nil
        case .separator: return separatorReason(at: index)
        default: return nil
        }
    }

    /// `-- ` always begins a signature; `--` alone only when little follows it.
    private func isSignature(at index: Int, _ isExact: Bool) -> Bool {
        guard !isExact else { return true }
        var count = 0
        var next = nextContent[index]
        while let line = next, line < end, count <= 12 {
            if kinds[line] == .quote || attributions[line] != nil || kinds[line] == .marker {
                break
            }
            if kinds[line] == .code { return false }
            count += 1
            next = nextContent[line]
        }
        return count <= 12
    }

    /// A rule cuts only before what no author writes: a copied header, a marker, a list's footer.
    private func separatorReason(at index: Int) -> TrimmedReply.Reason? {
        guard let next = nextContent[index], next < end, kinds[next] != .separator else {
            return nil
        }
        if headerBlocks[next] != nil { return .headerBlock }
        if kinds[next] == .marker { return .originalMessage }
        return isListFooter(from: next) ? .listFooter : nil
    }

    private func isListFooter(from start: Int) -> Bool {
        var count = 0
        var speaksOfList = false
        var next: Int? = start
        while let index = next, index < end {
            guard kinds[index] != .code, count < 14 else { return false }
            count += 1
            let line = lines[index].prefix(300).lowercased()
            speaksOfList = speaksOfList || ReplyWords.listFooters.contains { line.contains($0) }
            next = nextContent[index]
        }
        return speaksOfList
    }

    // MARK: What remains

    /// Attributions above quotes that stay say nothing in a forum, which names the author itself.
    private mutating func elideInnerAttributions() {
        guard hasOwnText(before: end) else { return }
        for (index, found) in attributions where index < end {
            elide(index..<min(index + found.count, end), .attribution)
        }
    }

    /// Quotes and what programs add, from the end upwards until somebody's words are met.
    private mutating func elideTrailing() {
        guard hasOwnText(before: end) else { return }
        var index = end - 1
        while index >= 0 {
            if kinds[index] == .blank || reasons[index] != nil {
                index -= 1
                continue
            }
            switch kinds[index] {
            case .quote:
                guard let top = trailingQuote(endingAt: index) else { return }
                elide(top..<(index + 1), .trailingQuote)
                index = top - 1
            case .device where hasOwnText(before: index):
                elide(index..<(index + 1), .deviceSignature)
                index -= 1
            case .separator where reasons[(index + 1)...].contains { $0 != nil }:
                elide(
                    index..<(index + 1),
                    reasons[(index + 1)...].lazy.compactMap { $0 }.first ?? .text
                )
                index -= 1
            default:
                elideTrailingBlanks(above: index)
                return
            }
        }
    }

    private mutating func elideTrailingBlanks(above index: Int) {
        var next = index + 1
        while next < lines.count, kinds[next] == .blank, reasons[next] == nil {
            reasons[next] = .blank
            next += 1
        }
    }

    /// The first line of the quote block that ends at `index`; nil when the words above introduce it
    /// ("as she said:") and so need it.
    private func trailingQuote(endingAt index: Int) -> Int? {
        var top = index
        while top > 0, kinds[top - 1] == .quote || kinds[top - 1] == .blank { top -= 1 }
        while kinds[top] == .blank { top += 1 }
        guard top > 0, reasons[top - 1] == nil, kinds[top - 1] == .text else { return top }
        let above = lines[top - 1].last { !$0.isWhitespace }
        return above == ":" && attributions.isEmpty ? nil : top
    }
}
