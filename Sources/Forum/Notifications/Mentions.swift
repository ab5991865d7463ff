import Markup

/// Whom a post addresses by an at sign and their name.
enum Mentions {
    /// The names behind the at signs of a post, folded, each once and in order.
    ///
    /// Read from the cooked post: what stands in code is no mention, and what stands in a quotation
    /// was said by somebody else.
    static func usernames(inCooked html: String, limit: Int) -> [String] {
        names(inCooked: html, class: "mention", limit: limit)
    }

    /// The groups that a post addresses, as `usernames`.
    static func groups(inCooked html: String, limit: Int) -> [String] {
        names(inCooked: html, class: "mention-group", limit: limit)
    }

    /// Whether the post calls for `word`, which is nobody's name.
    static func calls(_ word: String, inCooked html: String) -> Bool {
        names(inCooked: html, of: "span", class: "mention", limit: .max).contains(word)
    }

    private static func names(
        inCooked html: String,
        of element: String = "a",
        class wanted: String,
        limit: Int
    ) -> [String] {
        let tree = HTMLTree(parsing: html)
        var found: [String] = []
        var index = tree.following(0, within: 0)
        while index != HTMLTree.none, found.count < limit {
            let node = tree[index]
            let classes = node.classes
            if node.name == "aside", classes.contains("quote") {
                index = tree.followingSkippingChildren(index, within: 0)
                continue
            }
            if node.name == element, classes.contains(wanted) {
                let name = UsernameRules.fold(String(tree.text(of: index).dropFirst()))
                if !name.isEmpty, !found.contains(name) { found.append(name) }
            }
            index = tree.following(index, within: 0)
        }
        return found
    }
}
