import Foundation
import Markup

/// The watched words of a site, ready to be looked for.
struct WatchedText: Sendable {
    static let none = WatchedText(words: [])

    private let words: [WatchedWord]

    init(words: [WatchedWord]) { self.words = words }

    /// The first word of that action that stands in `text`.
    func match(_ action: WatchedWord.Action, in text: String) -> String? {
        for word in words where word.action == action {
            if let expression = Self.expression(word),
                let found = expression.firstMatch(
                    in: text,
                    range: NSRange(text.startIndex..., in: text)
                ), let range = Range(found.range, in: text)
            {
                return String(text[range])
            }
        }
        return nil
    }

    /// Tags for a topic with that text.
    func tags(for text: String) -> [String] {
        words.filter { $0.action == .tag && match($0, in: text) }
            .flatMap { ($0.replacement ?? "").split(separator: ",").map(String.init) }
    }

    /// - Throws: `.invalid` when a blocked word stands in the text.
    func refuseBlocked(in text: String) throws(ForumError) {
        guard let word = match(.block, in: text) else { return }
        throw ForumError(
            .invalid,
            "Your post contains a word that's not allowed: \(word.prefix(Limits.watchedWordMax))",
            field: "raw"
        )
    }

    /// Cooked HTML with the censored words blacked out and others replaced or linked; code and links
    /// stay as they are.
    func rewritten(_ html: String) -> String {
        let active = words.filter { [.censor, .replace, .link].contains($0.action) }
        guard !active.isEmpty else { return html }
        let edits = active.compactMap { word in
            Self.expression(word, isEscaped: true).map { (word, $0) }
        }
        var out = ""
        var untouched = 0
        var rest = html[...]
        while !rest.isEmpty {
            let text = rest.prefix { $0 != "<" }
            out += untouched > 0 ? String(text) : Self.apply(edits, to: String(text))
            rest = rest[text.endIndex...]
            guard rest.first == "<" else { continue }
            let end = rest.firstIndex(of: ">").map { rest.index(after: $0) } ?? rest.endIndex
            let tag = rest[..<end]
            untouched = max(0, untouched + Self.step(tag))
            out += tag
            rest = rest[end...]
        }
        return out
    }

    /// Into or out of an element whose text is not rewritten.
    private static func step(_ tag: Substring) -> Int {
        let isEnd = tag.hasPrefix("</")
        let name = tag.dropFirst(isEnd ? 2 : 1).prefix { $0.isLetter }
        guard ["code", "pre", "a"].contains(name) else { return 0 }
        return isEnd ? -1 : 1
    }

    private static func apply(
        _ edits: [(WatchedWord, NSRegularExpression)],
        to text: String
    ) -> String {
        var text = text
        for (word, expression) in edits {
            let range = NSRange(text.startIndex..., in: text)
            switch word.action {
            case .censor:
                for match in expression.matches(in: text, range: range).reversed() {
                    guard let place = Range(match.range, in: text) else { continue }
                    let count = text[place].count
                    text.replaceSubrange(place, with: String(repeating: "■", count: count))
                }
            case .link:
                let target = Escape.html(word.replacement ?? "")
                text = expression.stringByReplacingMatches(
                    in: text,
                    range: range,
                    withTemplate: "<a href=\"" + NSRegularExpression.escapedTemplate(for: target)
                        + "\" rel=\"noopener nofollow ugc\">$0</a>"
                )
            default:
                let with = Escape.html(word.replacement ?? "")
                text = expression.stringByReplacingMatches(
                    in: text,
                    range: range,
                    withTemplate: NSRegularExpression.escapedTemplate(for: with)
                )
            }
        }
        return text
    }

    private func match(_ word: WatchedWord, in text: String) -> Bool {
        guard let expression = Self.expression(word) else { return false }
        let range = NSRange(text.startIndex..., in: text)
        return expression.firstMatch(in: text, range: range) != nil
    }

    /// - Parameter isEscaped: To be looked for in HTML.
    private static func expression(
        _ word: WatchedWord,
        isEscaped: Bool = false
    ) -> NSRegularExpression? {
        let pattern = isEscaped ? word.patternInHTML : word.pattern
        do {
            return try NSRegularExpression(
                pattern: pattern,
                options: word.isCaseSensitive ? [] : [.caseInsensitive]
            )
        } catch {
            // A word is escaped whole, so this does not happen; if it does, the word matches nothing.
            return nil
        }
    }
}

extension WatchedWord {
    fileprivate var patternInHTML: String {
        guard word.contains(where: { "<>&\"".contains($0) }) else { return pattern }
        return NSRegularExpression.escapedPattern(for: Escape.html(word))
    }
}
