/// Subjects without what replying and forwarding put before them.
package enum Subject {
    /// The subject without `Re:`, `Fwd:`, `(fwd)`, `[Fwd: …]` and their like in other languages, spaces
    /// made single.
    package static func cleaned(_ subject: String) -> String {
        var text = subject.split(whereSeparator: \.isWhitespace).joined(separator: " ")[...]
        var changed = true
        while changed {
            changed = false
            if let rest = withoutPrefix(text) ?? withoutBrackets(text) ?? withoutTrailer(text) {
                text = trim(rest)
                changed = true
            }
        }
        return String(text)
    }

    /// What two subjects of one conversation share: cleaned, without list tags (`[list]`), in lower case.
    package static func key(_ subject: String) -> String {
        var text = cleaned(subject)
        while text.hasPrefix("["), let close = text.firstIndex(of: "]") {
            let rest = text[text.index(after: close)...].trimmingPrefix(while: \.isWhitespace)
            guard !rest.isEmpty else { break }
            text = cleaned(String(rest))
        }
        return text.lowercased()
    }

    /// Whether the subject says that it is an answer or a forward.
    package static func isReplyOrForward(_ subject: String) -> Bool {
        withoutPrefix(trim(subject[...])) != nil
    }

    private static let words: Set<String> = [
        // Replies.
        "re", "aw", "antw", "antwort", "sv", "svar", "vs", "odp", "ynt", "res", "rif", "r", "ref",
        "rép", "rep", "réponse", "resp", "risposta", "bls", "balas", "atb", "ats", "hl", "vá", "vb",
        "ha", "отв", "ответ", "відп", "απ", "σχετ", "回复", "回覆", "答复", "返信", "답장", "הב", "تر", "رد",
        // Forwards.
        "fw", "fwd", "wg", "tr", "rv", "enc", "i", "doorst", "vs", "vl", "pd", "ilt", "fs", "yml",
        "továbbítás",
        "пересл", "пер", "πρθ", "转发", "轉寄", "転送", "전달", "הע",
    ]

    /// Words of one or two letters that are common at the head of true titles ("I: robot").
    private static let needsColon: Set<String> = ["i", "r", "ha", "ref", "res", "enc", "rep", "vs"]

    /// `Re:`, `RE[2]:`, `Re (3):`, `Re;`, `Re--`, `Fwd`, `(fwd)`; nil when there is none.
    private static func withoutPrefix(_ text: Substring) -> Substring? {
        var rest = text
        let isParenthesised = rest.first == "("
        if isParenthesised { rest = rest.dropFirst() }
        let word = rest.prefix { $0.isLetter }
        let lower = word.lowercased()
        guard words.contains(lower) else { return nil }
        rest = rest.dropFirst(word.count)
        if isParenthesised {
            guard rest.first == ")", lower.hasPrefix("fw") else { return nil }
            return rest.dropFirst().drop { $0 == ":" || $0 == " " }
        }
        rest = counterDropped(rest)
        if rest.isEmpty { return ["re", "fwd", "fw"].contains(lower) ? rest : nil }
        let marks = rest.prefix { $0 == " " || $0 == ":" || $0 == ";" || $0 == "-" || $0 == "：" }
        let hasColon = marks.contains(":") || marks.contains("：")
        let hasOther = marks.contains(";") || marks.hasPrefix("--")
        guard hasColon || (hasOther && !needsColon.contains(lower)) else { return nil }
        if !hasColon, marks.contains("-"), rest.count > marks.count { return nil }
        return rest.dropFirst(marks.count)
    }

    /// Without a counter: `[2]`, `(2)`, `^2`, `*2`.
    private static func counterDropped(_ text: Substring) -> Substring {
        let rest = text.drop { $0 == " " }
        guard let open = rest.first, "[(^*".contains(open) else { return text }
        let digits = rest.dropFirst().prefix { $0.isNumber }
        guard !digits.isEmpty, digits.count <= 3 else { return text }
        let after = rest.dropFirst(1 + digits.count)
        if open == "[" { return after.first == "]" ? after.dropFirst() : text }
        if open == "(" { return after.first == ")" ? after.dropFirst() : text }
        return after
    }

    /// `[Fwd: subject]` is `subject`, `[Fwd: ] subject` too.
    private static func withoutBrackets(_ text: Substring) -> Substring? {
        guard text.first == "[" else { return nil }
        let inside = trim(text.dropFirst())
        guard let rest = withoutPrefix(inside), inside.prefix(while: { $0 != "]" }).contains(":")
        else {
            return nil
        }
        let content = trim(rest)
        if content.first == "]" { return content.dropFirst() }
        return content.last == "]" ? content.dropLast() : content
    }

    private static func withoutTrailer(_ text: Substring) -> Substring? {
        text.lowercased().hasSuffix("(fwd)") ? text.dropLast(5) : nil
    }

    private static func trim(_ text: Substring) -> Substring {
        var text = text.drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
