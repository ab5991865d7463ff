import Markup

/// HTML mail as Markdown, without what the author's program put around his words.
enum HTMLReply {
    /// A document divided by the markup of the program that wrote it.
    struct Split {
        let kept: String
        let elided: String
        /// Whose markup it is.
        let program: String
    }

    private static let options = HTMLToMarkdown.Options(keepEmbeddedImages: true)

    /// Divides a document by the markup of mail programs; nil when there is none, or nothing else.
    static func split(_ tree: HTMLTree) -> Split? {
        var marks = ReplyMarkup(tree)
        marks.findMarks()
        guard let program = marks.program else { return nil }
        let removed = marks.decide()
        guard !removed.isEmpty else { return nil }
        var keptTree = tree
        for index in removed { keptTree.remove(index) }
        let kept = HTMLToMarkdown.convert(keptTree, options: options).trimmedLines
        guard !kept.isEmpty else { return nil }
        let elided = HTMLToMarkdown.convert(only(removed, of: tree), options: options).trimmedLines
        return Split(kept: kept, elided: elided, program: program)
    }

    /// The document as Markdown.
    static func markdown(_ tree: HTMLTree) -> String {
        HTMLToMarkdown.convert(tree, options: options).trimmedLines
    }

    /// A tree with nothing in it but these nodes and what they stand in.
    private static func only(_ nodes: [Int], of tree: HTMLTree) -> HTMLTree {
        var path: Set<Int> = [0]
        for node in nodes {
            var parent = tree[node].parent
            while parent != HTMLTree.none, path.insert(parent).inserted {
                parent = tree[parent].parent
            }
        }
        let wanted = Set(nodes)
        var result = tree
        for parent in path {
            for child in tree.children(of: parent)
            where !path.contains(child) && !wanted.contains(child) {
                result.remove(child)
            }
        }
        return result
    }
}

extension String {
    /// Without blank lines at both ends and blanks at the end.
    fileprivate var trimmedLines: String { PlainText.trimmedEnds(self) }
}

/// Finds quotes and signatures in a document by their markup, and which of them to leave out.
///
/// A quote goes when nothing of the author's own follows it, or when it stands with its attribution
/// above all of his words. Quotes between his words are what he answers, and stay.
private struct ReplyMarkup {
    private enum Role {
        case quote
        case signature
        case attribution
        /// Where another mail begins: this and all that follows at its level.
        case cut
    }

    private let tree: HTMLTree
    /// Behind the last node below each node: nodes stand in document order.
    private let ends: [Int]
    private var roles: [Int: Role] = [:]
    private var programs: [Int: String] = [:]
    private var hasWordCut = false

    init(_ tree: HTMLTree) {
        self.tree = tree
        var ends = Array(tree.nodes.indices.map { $0 + 1 })
        for index in tree.nodes.indices.reversed() {
            let parent = tree[index].parent
            if parent != HTMLTree.none { ends[parent] = max(ends[parent], ends[index]) }
        }
        self.ends = ends
    }

    /// The program of the first mark.
    var program: String? { programs.min { $0.key < $1.key }?.value }

    private mutating func mark(_ index: Int, _ role: Role, _ program: String) {
        guard index > 0, roles[index] == nil else { return }
        roles[index] = role
        programs[index] = program
    }

    // MARK: Finding

    mutating func findMarks() {
        let hasBodySection = tree.nodes.contains { $0.attribute("name") == "messageBodySection" }
        for (index, node) in tree.nodes.enumerated() where node.kind == .element && index > 0 {
            if hasBodySection, node.attribute("name") == "messageReplySection" {
                mark(index, .quote, "exchange")
            }
            markByClass(index, node)
            markByIdentifier(index, node)
            markByMarker(index, node)
            markWord(index, node)
            if node.name == "blockquote", node.attribute("type")?.asciiLowercased == "cite" {
                mark(index, .quote, "cite")
            }
        }
        markGmailContainers()
        markAttributions()
    }

    private mutating func markByClass(_ index: Int, _ node: HTMLTree.Node) {
        for name in node.classes {
            if let (role, program) = Self.classes[name] {
                mark(index, role, program)
            } else if name.hasPrefix("moz-cite") {
                mark(index, .attribution, "mozilla")
            } else if name.hasPrefix("moz-signature") {
                mark(index, .signature, "mozilla")
            } else if name.hasPrefix("moz-forward") || name.hasPrefix("moz-email-headers") {
                mark(index, .cut, "mozilla")
            } else if name.hasPrefix("protonmail_signature") {
                mark(index, .signature, "protonmail")
            } else if name.hasPrefix("protonmail_quote") {
                mark(index, .quote, "protonmail")
            } else if name.hasPrefix("cm_") {
                mark(index, name.contains("sign") ? .signature : .quote, "newton")
            } else if name.hasPrefix("front-") {
                mark(index, name.contains("sign") ? .signature : .quote, "front")
            }
        }
    }

    private static let classes: [String: (Role, String)] = [
        "gmail_signature": (.signature, "gmail"),
        "gmail_signature_prefix": (.signature, "gmail"),
        "gmail_attr": (.attribution, "gmail"),
        "yahoo_quoted": (.quote, "yahoo"),
        "zmail_extra": (.quote, "zoho"),
        "tutanota_quote": (.quote, "tutanota"),
        "OutlookMessageHeader": (.cut, "outlook"),
        "hm_signature": (.signature, "hey"),
    ]

    private mutating func markByIdentifier(_ index: Int, _ node: HTMLTree.Node) {
        guard let id = node.attribute("id") else { return }
        // Outlook puts `x_` before the names of a mail that it quotes.
        switch id {
        case "Signature", "ms-outlook-mobile-signature": mark(index, .signature, "outlook")
        case "divRplyFwdMsg", "OLK_SRC_BODY_SECTION", "mail-editor-reference-message-container":
            markOutlookReply(index)
        case "appendonsend":
            if tree.text(of: index).trimmed.isEmpty { markFollowing(index, "outlook") }
        case "AppleMailSignature", "lineBreakAtBeginningOfSignature":
            markFollowing(index, "apple")
        default:
            if id.hasPrefix("yahoo_quoted") { mark(index, .quote, "yahoo") }
            if id.hasPrefix("cm_") {
                mark(index, id.contains("sign") ? .signature : .quote, "newton")
            }
        }
    }

    /// The rule above the reply header goes with it.
    private mutating func markOutlookReply(_ index: Int) {
        var previous = tree[index].previousSibling
        while previous != HTMLTree.none, isBlankText(previous) {
            previous = tree[previous].previousSibling
        }
        let isRule = previous != HTMLTree.none && tree[previous].name == "hr"
        mark(isRule ? previous : index, .cut, "outlook")
    }

    /// A node and what follows it belong to a program, unless a quote is among that: then it is judged
    /// by itself.
    private mutating func markFollowing(_ index: Int, _ program: String) {
        var current = index
        while current != HTMLTree.none {
            if current != index, roles[current] == .signature { return }
            if tree[current].name != "blockquote" { mark(current, .signature, program) }
            current = tree[current].nextSibling
        }
    }

    private mutating func markByMarker(_ index: Int, _ node: HTMLTree.Node) {
        guard let marker = node.attribute("data-marker") else { return }
        switch marker {
        case "__QUOTED_TEXT__": mark(index, .quote, "zimbra")
        case "__DIVIDER__", "__HEADERS__": mark(index, .cut, "zimbra")
        case _ where marker.hasPrefix("__SIG"): mark(index, .signature, "zimbra")
        default: break
        }
    }

    /// Word draws a line above the header of the mail that is answered.
    private mutating func markWord(_ index: Int, _ node: HTMLTree.Node) {
        guard !hasWordCut, node.name == "div", let style = node.attribute("style")?.asciiLowercased,
            style.contains("border-top:solid") || style.contains("border-top: solid")
                || style.contains("border-top:1")
        else { return }
        let parent = tree[node.parent]
        let isInWord = parent.classes.contains { $0.hasPrefix("WordSection") }
        guard isInWord || holdsHeader(index) else { return }
        var top = index
        while tree[top].parent > 0, !hasContentBefore(top),
            !tree[tree[top].parent].classes.contains(where: { $0.hasPrefix("WordSection") })
        { top = tree[top].parent }
        mark(top, .cut, "word")
        hasWordCut = true
    }

    private func hasContentBefore(_ index: Int) -> Bool {
        var previous = tree[index].previousSibling
        while previous != HTMLTree.none {
            if !tree.text(of: previous).trimmed.isEmpty { return true }
            previous = tree[previous].previousSibling
        }
        return false
    }

    private func holdsHeader(_ index: Int) -> Bool {
        let text = String(tree.text(of: index).trimmed.prefix(300))
        return ReplyClassifier.headerKind(text[...]) == .from
    }

    /// Gmail's container: with a quote in it what stands before that is the attribution, and what comes
    /// after it is the author's; without one all of it is a mail passed on.
    private mutating func markGmailContainers() {
        for (index, node) in tree.nodes.enumerated()
        where node.classes.contains("gmail_quote") || node.classes.contains("gmail_quote_container")
        {
            if node.name == "blockquote" {
                mark(index, .quote, "gmail")
                continue
            }
            let inner = ((index + 1)..<ends[index]).first { tree[$0].name == "blockquote" }
            guard let inner else {
                mark(index, .quote, "gmail")
                continue
            }
            mark(inner, .quote, "gmail")
            var child = tree[index].firstChild
            while child != HTMLTree.none, child < inner, ends[child] <= inner {
                if !isBlankText(child) { mark(child, .attribution, "gmail") }
                child = tree[child].nextSibling
            }
        }
    }

    /// "On … wrote:" right above a quote, when no markup says that it is one.
    private mutating func markAttributions() {
        for (index, role) in roles where role == .quote {
            var node = index
            for _ in 0..<3 where node > 0 {
                var previous = tree[node].previousSibling
                while previous != HTMLTree.none,
                    isBlankText(previous) || tree[previous].name == "br"
                {
                    previous = tree[previous].previousSibling
                }
                guard previous != HTMLTree.none else {
                    node = tree[node].parent
                    continue
                }
                if let program = programs[index], isAttribution(previous) {
                    mark(previous, .attribution, program)
                }
                break
            }
        }
    }

    private func isAttribution(_ index: Int) -> Bool {
        guard ends[index] - index < 30 else { return false }
        let text = tree.text(of: index).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return text.utf8.count <= Limits.attributionCharacters && Attribution.isAttribution(text)
    }

    private func isBlankText(_ index: Int) -> Bool {
        tree[index].kind == .text && tree[index].text.allSatisfy(\.isWhitespace)
    }

    // MARK: Deciding

    /// The nodes to leave out, each the outermost of its kind.
    func decide() -> [Int] {
        var outermost: [(index: Int, role: Role)] = []
        var own: [Int] = []
        var position = 1
        while position < tree.nodes.count {
            if let role = roles[position] {
                outermost.append((position, role))
                position = role == .cut ? endOfCut(position) : ends[position]
                continue
            }
            if isOwnContent(position) { own.append(position) }
            position += 1
        }
        guard let first = own.first, let last = own.last else { return [] }
        let quotes = outermost.filter { $0.role == .quote }.map(\.index)
        let hasAttribution = outermost.contains { $0.role == .attribution && $0.index < first }
        let isAnsweredAbove = quotes.count(where: { $0 < last }) == 1 && hasAttribution
        return outermost.flatMap { index, role -> [Int] in
            switch role {
            case .signature, .attribution: return [index]
            case .cut: return siblings(from: index)
            case .quote:
                let isTrailing = index > last
                return isTrailing || (index < first && isAnsweredAbove) ? [index] : []
            }
        }
    }

    private func isOwnContent(_ index: Int) -> Bool {
        let node = tree[index]
        if node.kind == .text { return !node.text.allSatisfy(\.isWhitespace) }
        return node.name == "img"
    }

    private func siblings(from index: Int) -> [Int] {
        var found: [Int] = []
        var current = index
        while current != HTMLTree.none {
            found.append(current)
            current = tree[current].nextSibling
        }
        return found
    }

    private func endOfCut(_ index: Int) -> Int {
        let parent = tree[index].parent
        return parent == HTMLTree.none ? ends[index] : ends[parent]
    }
}
