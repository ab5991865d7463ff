import Markup

/// What a mail says, as Markdown.
package struct Body: Sendable, Hashable {
    package enum Source: String, Sendable, Encodable {
        case text
        case html
    }

    /// Why something of the body was left out.
    package enum Elision: Sendable, Hashable {
        /// The markup of a mail program for quotes and signatures.
        case markup(String)
        /// A line of text, by the trimmer.
        case line(TrimmedReply.Reason)

        package var description: String {
            switch self {
            case .markup(let program): "markup_\(program)"
            case .line(let reason): reason.rawValue
            }
        }
    }

    package let source: Source
    /// The author's own words.
    package let markdown: String
    /// What was left out, as Markdown; empty when nothing was.
    package let elided: String
    package let elidedBecause: Elision?
    /// Every line that the trimmer saw, with its verdict.
    package let lines: [TrimmedReply.Line]
    /// The parts the body was made of.
    package let parts: [Int]

    package var isEmpty: Bool { markdown.isEmpty }

    /// The lines as they are shown to people: as many as anybody would read.
    package var shownLines: [TrimmedReply.Line] { Array(lines.prefix(Limits.shownLines)) }
}

extension Message {
    /// The body: of several forms of it the HTML one if `preferHTML`, or else the plain one; the other
    /// when the first is empty. With `trimming` off everything is kept.
    package func body(preferHTML: Bool = true, trimming: Bool = true) -> Body {
        let wanted = selection(preferHTML: preferHTML)
        let first = body(of: wanted, trimming: trimming)
        guard first.isEmpty, first.elided.isEmpty else { return first }
        let other = selection(preferHTML: !preferHTML)
        guard other.map(\.index) != wanted.map(\.index) else { return first }
        let second = body(of: other, trimming: trimming)
        return second.isEmpty && second.elided.isEmpty ? first : second
    }

    /// The plain text of the mail, whole: the text parts, or the HTML ones converted.
    package func bodyText() -> String {
        body(preferHTML: false, trimming: false).markdown
    }

    private func body(of selected: [Part], trimming: Bool) -> Body {
        let indices = selected.map(\.index)
        let isHTML = selected.contains { $0.mediaType.subtype == "html" }
        // Parsed once: that is most of the work.
        let document =
            isHTML && selected.count == 1 ? HTMLTree(parsing: text(of: selected[0])) : nil
        if trimming, let document, let split = HTMLReply.split(document) {
            return body(split, parts: indices)
        }
        let texts = selected.map { part in
            part.mediaType.subtype == "html"
                ? HTMLReply.markdown(document ?? HTMLTree(parsing: text(of: part)))
                : PlainText.unwrapped(text(of: part), part.mediaType)
        }
        let whole = texts.filter { !$0.isEmpty }.joined(separator: "\n\n")
        let source: Body.Source = isHTML ? .html : .text
        guard trimming else {
            return Body(
                source: source,
                markdown: PlainText.trimmedEnds(whole),
                elided: "",
                elidedBecause: nil,
                lines: [],
                parts: indices
            )
        }
        let reply = ReplyTrimmer.trim(whole)
        return Body(
            source: source,
            markdown: reply.kept,
            elided: reply.elided,
            elidedBecause: reply.elidedBecause.map { .line($0) },
            lines: reply.lines,
            parts: indices
        )
    }

    /// What the markup kept goes through the trimmer too: a program may sign without any markup.
    private func body(_ split: HTMLReply.Split, parts: [Int]) -> Body {
        let reply = ReplyTrimmer.trim(split.kept)
        let elided = [reply.elided, split.elided].filter { !$0.isEmpty }.joined(separator: "\n\n")
        let isTrimmed = !reply.kept.isEmpty
        return Body(
            source: .html,
            markdown: isTrimmed ? reply.kept : split.kept,
            elided: isTrimmed ? elided : split.elided,
            elidedBecause: elided.isEmpty ? nil : .markup(split.program),
            lines: reply.lines,
            parts: parts
        )
    }

    /// The parts that make the body. Of a multipart/alternative the wanted form is taken, of related,
    /// signed and report the root, of mixed every text that is not a file.
    func selection(preferHTML: Bool) -> [Part] {
        var selected: [Part] = []
        var work = [0]
        while let index = work.popLast() {
            let part = parts[index]
            guard !part.children.isEmpty else {
                if isText(part) { selected.append(part) }
                continue
            }
            guard part.isMultipart, !part.isAttachment else { continue }
            switch part.mediaType.subtype {
            case "alternative":
                if let choice = alternative(part, preferHTML: preferHTML) { work.append(choice) }
            case "related", "signed", "report", "encrypted":
                if let root = root(of: part) { work.append(root) }
            case "digest":
                continue
            default:
                work += part.children.reversed()
            }
        }
        return Array(selected.prefix(20))
    }

    /// The root of the message counts as text whatever it says, as long as it is not a file.
    private func isText(_ part: Part) -> Bool {
        if part.isBodyText("plain") || part.isBodyText("html") || part.isBodyText("enriched") {
            return true
        }
        let isOddRoot = part.index == 0 && !part.isAttachment && part.filename == nil
        return isOddRoot && (part.mediaType.type == "text" || part.isMultipart)
    }

    private func root(of part: Part) -> Int? {
        if let start = part.mediaType["start"].flatMap({
            MessageIDs.parse(Array($0.utf8), limit: 1).first
        }), let child = part.children.first(where: { parts[$0].contentID == start }) {
            return child
        }
        return part.children.first
    }

    private func alternative(_ part: Part, preferHTML: Bool) -> Int? {
        let order = preferHTML ? ["html", "plain"] : ["plain", "html"]
        for subtype in order {
            if let child = part.children.last(where: { holds(subtype, $0) }) { return child }
        }
        return part.children.first
    }

    /// Whether the body that a part leads to has text of this subtype.
    private func holds(_ subtype: String, _ index: Int) -> Bool {
        var work = [index]
        while let next = work.popLast() {
            let part = parts[next]
            if part.isLeaf, part.isBodyText(subtype) { return true }
            if part.isMultipart { work += part.children }
        }
        return false
    }
}
