/// What narrows a search down, in Discourse's own words.
enum SearchFilter {
    private static let terms: [(term: String, words: String)] = [
        ("order:latest", "newest posts first"), ("order:latest_topic", "newest topics first"),
        ("order:likes", "most liked first"), ("order:views", "most seen first"),
        ("in:title", "words in the title only"), ("in:first", "first posts only"),
        ("in:posted", "topics that I wrote in"), ("in:created", "topics that I began"),
        ("in:watching", "topics that I watch"), ("in:tracking", "topics that I track"),
        ("in:bookmarks", "what I bookmarked"), ("in:likes", "what I liked"),
        ("in:unseen", "what I have not read"), ("in:messages", "my messages"),
        ("status:open", "open topics"), ("status:closed", "closed topics"),
        ("status:noreplies", "topics without replies"), ("status:solved", "solved topics"),
        ("with:images", "posts with pictures"),
    ]

    /// Each filter that can be added to `words`, or taken out again; those of one kind replace
    /// one another.
    static func choices(for words: String) -> [Choice] {
        let parts = words.split(separator: " ").map(String.init)
        return terms.map { term, meaning in
            let isOn = parts.contains(term)
            let kind = term.prefix { $0 != ":" }
            let isAlone = kind == "order" || kind == "status"
            var kept = parts.filter { $0 != term }
            if !isOn, isAlone {
                kept.removeAll { $0.hasPrefix(kind + ":") }
            }
            let narrowed = (kept + (isOn ? [] : [term])).joined(separator: " ")
            return Choice(term, detail: meaning, isCurrent: isOn, .search(narrowed))
        }
    }
}
