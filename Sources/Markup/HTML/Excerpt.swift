/// Short forms of posts (Discourse: `PrettyText.excerpt`).
package enum Excerpt {
    /// Length of a topic's excerpt, in characters.
    package static let topicLength = 220
    /// Length of a post's excerpt, in characters.
    package static let postLength = 300
    /// Length of a notification's excerpt, in characters.
    package static let notificationLength = 400

    /// How an excerpt is made.
    package struct Options: Sendable {
        /// Links become their text.
        package var stripLinks: Bool
        /// Images become nothing.
        package var stripImages: Bool
        /// The result is text, not HTML.
        package var isPlainText: Bool
        /// Quotes are kept.
        package var keepQuotes: Bool

        package init(
            stripLinks: Bool = false,
            stripImages: Bool = false,
            isPlainText: Bool = false,
            keepQuotes: Bool = false
        ) {
            self.stripLinks = stripLinks
            self.stripImages = stripImages
            self.isPlainText = isPlainText
            self.keepQuotes = keepQuotes
        }
    }

    /// The beginning of cooked `html` on one line: at most `length` characters of text, then
    /// `&hellip;`. Quotes and previews of links are left out, an image is its description in
    /// brackets, details are their summary, links stay unless stripped. A `div` or `span` of the
    /// class `excerpt` stands for the whole.
    package static func make(
        html: String,
        length: Int,
        options: Options = Options()
    ) -> String {
        let tree = HTMLTree(parsing: html)
        var writer = ExcerptWriter(length: max(0, length), options: options)
        writer.write(tree, below: marked(tree) ?? 0)
        return writer.finish()
    }

    private static func marked(_ tree: HTMLTree) -> Int? {
        tree.descendants(of: 0).first { index in
            let node = tree[index]
            return (node.name == "div" || node.name == "span") && node.classes.contains("excerpt")
        }
    }
}

private struct ExcerptWriter {
    private let options: Excerpt.Options
    private var left: Int
    private var out = ""
    private var pendingSpace = false
    private var isFull = false
    /// Whether a link is open.
    private var isLinked = false

    init(length: Int, options: Excerpt.Options) {
        left = length
        self.options = options
    }

    mutating func finish() -> String {
        if isFull, out.hasSuffix(" ") {
            out.removeLast()
        }
        if isLinked {
            out += "</a>"
        }
        if isFull {
            out += options.isPlainText ? "\u{2026}" : "&hellip;"
        }
        return out
    }

    mutating func write(_ tree: HTMLTree, below root: Int) {
        var walk = HTMLWalk(tree, below: root)
        var details: [Int] = []
        while !isFull, let step = walk.next() {
            switch step {
            case .leave(let index):
                leave(tree[index])
                if details.last == index {
                    details.removeLast()
                }
            case .enter(let index):
                let node = tree[index]
                // Of details that are closed only the summary shows.
                if details.last == node.parent, node.name != "summary" {
                    walk.skipContent()
                } else if node.kind == .text {
                    text(node.text)
                } else if node.name == "details" {
                    details.append(index)
                    space()
                } else if !enter(node) {
                    walk.skipContent()
                }
            }
        }
    }

    /// Writes what stands for an element; whether its content is to be read.
    private mutating func enter(_ node: HTMLTree.Node) -> Bool {
        if TextLayout.paragraphs.contains(node.name) || TextLayout.lines.contains(node.name)
            || node.name == "td" || node.name == "th"
        {
            space()
        }
        switch node.name {
        case "aside":
            let classes = node.classes
            if classes.contains("quote") {
                return options.keepQuotes
            }
            return !classes.contains("onebox")
        case "img":
            image(node)
            return false
        case "a":
            let classes = node.classes
            if classes.contains("anchor") {
                return false
            }
            if !options.stripLinks, !options.isPlainText, let address = node.attribute("href"),
                let checked = LinkAddress.check(address), left > 0
            {
                writePendingSpace()
                let names = Escape.html(classes.joined(separator: " "))
                let kept = names.isEmpty ? "" : " class=\"\(names)\""
                out += "<a href=\"\(Escape.html(checked.text))\"\(kept)>"
                isLinked = true
            }
            return true
        case "div":
            return !node.classes.contains("quote-controls")
        default:
            return true
        }
    }

    private mutating func leave(_ node: HTMLTree.Node) {
        if node.name == "a", isLinked {
            out += "</a>"
            isLinked = false
        }
        if TextLayout.paragraphs.contains(node.name) || TextLayout.lines.contains(node.name) {
            space()
        }
    }

    private mutating func image(_ node: HTMLTree.Node) {
        let title = node.attribute("title") ?? ""
        let alt = node.attribute("alt") ?? ""
        if node.classes.contains("emoji") {
            text(title.isEmpty ? alt : title)
        } else if !options.stripImages, !node.classes.contains("avatar") {
            let name = alt.isEmpty ? title : alt
            text("[\(name.isEmpty ? "image" : name)]")
        }
    }

    private mutating func space() {
        pendingSpace = pendingSpace || !out.isEmpty
    }

    private mutating func writePendingSpace() {
        guard pendingSpace, !out.isEmpty else {
            pendingSpace = false
            return
        }
        pendingSpace = false
        out += " "
        left -= 1
    }

    private mutating func text(_ text: String) {
        for character in text {
            if character.isWhitespace {
                space()
                continue
            }
            writePendingSpace()
            guard left > 0 else {
                isFull = true
                return
            }
            left -= 1
            guard !options.isPlainText else {
                out.append(character)
                continue
            }
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.append(character)
            }
        }
    }
}
