import Foundation
package import Postgres

/// What somebody searches for, read from what they typed.
///
/// Reading never fails: what is no filter is a word, and a quotation mark without its partner is none.
package struct SearchQuery: Sendable, Equatable {
    package enum Order: Sendable, Equatable {
        case relevance
        case latest
        case oldest
        case likes
        case views
    }

    package enum Status: Sendable, Equatable {
        case open
        case closed
        case archived
        case noReplies
    }

    /// Words and "phrases" as PostgreSQL's `websearch_to_tsquery` reads them.
    package var terms: [Term] = []
    package var order: Order = .relevance
    package var statuses: [Status] = []
    /// In lower case.
    package var usernames: [String] = []
    /// Slugs, `parent:child` for a category within another.
    package var categories: [CategoryTerm] = []
    /// Each list of names is one demand: one of them for `,`, and one list each for `+`.
    package var tagDemands: [[String]] = []
    package var excludedTags: [String] = []
    /// Only titles are searched.
    package var isTitleOnly = false
    package var isFirstPostOnly = false
    package var isLikedOnly = false
    package var isPostedOnly = false
    package var isPinnedOnly = false
    package var isMessagesOnly = false
    package var isWikiOnly = false
    package var topicID: TopicID?
    package var before: Timestamp?
    package var after: Timestamp?
    package var minPosts: Int?
    package var maxPosts: Int?
    package var minViews: Int?
    package var maxViews: Int?

    package struct Term: Sendable, Equatable {
        package var text: String
        package var isPhrase = false
        package var isExcluded = false
    }

    package struct CategoryTerm: Sendable, Equatable {
        package var slug: String
        /// `#=slug`: without its subcategories.
        package var isExact: Bool
        /// `#name` may also mean a tag.
        package var mayBeTag: Bool
    }

    /// - Parameter now: What "the last so many days" count from.
    package init(_ text: String, now: Timestamp) {
        let text = String(text.cleanedOfNUL.unicodeScalars.prefix(Limits.searchTermMax))
        for token in Self.tokens(of: text) {
            if token.isQuoted {
                addPhrase(token.text)
            } else if !addFilter(token.text, now: now) {
                addWord(token.text)
            }
        }
    }

    /// What is sent to PostgreSQL: cleaned words, so that no mark has a meaning of its own.
    package var websearch: String {
        terms.map { term in
            (term.isExcluded ? "-" : "") + (term.isPhrase ? "\"\(term.text)\"" : term.text)
        }
        .joined(separator: " ")
    }

    /// The words that a blurb looks for, in lower case.
    package var words: [String] {
        terms.filter { !$0.isExcluded }
            .flatMap { $0.text.split(separator: " ").map { String($0).lowercased() } }
    }

    package var hasFilters: Bool {
        !statuses.isEmpty || !usernames.isEmpty || !categories.isEmpty || !tagDemands.isEmpty
            || !excludedTags.isEmpty || isFirstPostOnly || isLikedOnly || isPostedOnly
            || isPinnedOnly || isMessagesOnly || isWikiOnly || topicID != nil || before != nil
            || after != nil || minPosts != nil || maxPosts != nil || minViews != nil
            || maxViews != nil
    }

    // MARK: Reading

    private struct Token {
        var text: String
        var isQuoted: Bool
    }

    /// Splits at spaces; between two quotation marks spaces do not split.
    private static func tokens(of text: String) -> [Token] {
        var tokens: [Token] = []
        var current = ""
        var rest = Substring(text)
        func flush() {
            if !current.isEmpty { tokens.append(Token(text: current, isQuoted: false)) }
            current = ""
        }
        while let character = rest.popFirst() {
            if quotationMarks.contains(character), current.isEmpty || current == "-",
                let end = rest.firstIndex(where: { quotationMarks.contains($0) })
            {
                let isExcluded = current == "-"
                current = ""
                tokens.append(
                    Token(text: (isExcluded ? "-" : "") + rest[..<end], isQuoted: true)
                )
                rest = rest[rest.index(after: end)...]
            } else if character.isWhitespace {
                flush()
            } else {
                current.append(character)
            }
        }
        flush()
        return tokens
    }

    private static let quotationMarks: Set<Character> = ["\"", "\u{201C}", "\u{201D}", "\u{201E}"]

    private mutating func addPhrase(_ text: String) {
        let isExcluded = text.hasPrefix("-")
        let words = Self.words(of: text)
        guard !words.isEmpty, terms.count < Limits.searchFiltersMax * 5 else { return }
        terms.append(
            Term(text: words.joined(separator: " "), isPhrase: true, isExcluded: isExcluded)
        )
    }

    private mutating func addWord(_ text: String) {
        let isExcluded = text.hasPrefix("-") && text.count > 1
        let words = Self.words(of: text)
        guard !words.isEmpty, terms.count < Limits.searchFiltersMax * 5 else { return }
        // "e-mail" is two words that stand together.
        terms.append(
            Term(
                text: words.joined(separator: " "),
                isPhrase: words.count > 1,
                isExcluded: isExcluded
            )
        )
    }

    /// Letters, digits and marks within words; everything else only separates.
    private static func words(of text: String) -> [String] {
        text.unicodeScalars.split { scalar in
            let properties = scalar.properties
            return
                !(properties.isAlphabetic || properties.numericType != nil || scalar == "_"
                || properties.generalCategory == .nonspacingMark
                || properties.generalCategory == .otherSymbol)
        }
        .map { String($0) }
    }

    private mutating func addFilter(_ token: String, now: Timestamp) -> Bool {
        if token == "l" {
            order = .latest
            return true
        }
        if token.hasPrefix("#"), token.count > 1 { return addCategory(token.dropFirst(), true) }
        if token.hasPrefix("@"), token.count > 1 {
            usernames.append(UsernameRules.fold(String(token.dropFirst())))
            return true
        }
        let isExcluded = token.hasPrefix("-")
        guard let colon = token.firstIndex(of: ":") else { return false }
        let key = token[..<colon].drop { $0 == "-" }.lowercased()
        let value = String(token[token.index(after: colon)...])
        guard !value.isEmpty else { return false }
        if isExcluded {
            guard key == "tag" || key == "tags" else { return false }
            excludedTags += Self.names(in: value)
            return true
        }
        return addFilter(key, value, now: now)
    }

    private mutating func addFilter(_ key: String, _ value: String, now: Timestamp) -> Bool {
        switch key {
        case "user", "from":
            usernames.append(UsernameRules.fold(value.drop { $0 == "@" }.description))
        case "category", "categories":
            for name in value.split(separator: ",").prefix(Limits.searchFiltersMax) {
                _ = addCategory(name, false)
            }
        case "tag", "tags": addTags(value)
        case "in": return addPlace(value.lowercased())
        case "status": return addStatus(value.lowercased())
        case "order": return addOrder(value.lowercased())
        case "before":
            guard let time = Self.time(value, now: now) else { return false }
            before = time
        case "after":
            guard let time = Self.time(value, now: now) else { return false }
            after = time
        case "topic":
            guard let id = Int64(value) else { return false }
            topicID = TopicID(id)
        case "min_posts", "min_views", "max_posts", "max_views", "posts_count":
            guard let number = Int32(value), number >= 0 else { return false }
            addBound(key, Int(number))
        default: return false
        }
        return true
    }

    private mutating func addBound(_ key: String, _ number: Int) {
        switch key {
        case "min_posts": minPosts = number
        case "max_posts": maxPosts = number
        case "min_views": minViews = number
        case "max_views": maxViews = number
        default:
            minPosts = number
            maxPosts = number
        }
    }

    private mutating func addCategory(_ name: some StringProtocol, _ mayBeTag: Bool) -> Bool {
        guard categories.count < Limits.searchFiltersMax else { return true }
        let isExact = name.hasPrefix("=")
        let slug = name.drop { $0 == "=" || $0 == "#" }.lowercased()
        guard !slug.isEmpty else { return false }
        categories.append(CategoryTerm(slug: slug, isExact: isExact, mayBeTag: mayBeTag))
        return true
    }

    private mutating func addTags(_ value: String) {
        guard tagDemands.count < Limits.searchFiltersMax else { return }
        if value.contains("+") {
            tagDemands += value.split(separator: "+").prefix(Limits.searchFiltersMax)
                .map { [$0.lowercased()] }
        } else {
            tagDemands.append(Self.names(in: value))
        }
    }

    private static func names(in value: String) -> [String] {
        value.split(separator: ",").prefix(Limits.searchFiltersMax).map { $0.lowercased() }
    }

    private mutating func addPlace(_ value: String) -> Bool {
        switch value {
        case "title": isTitleOnly = true
        case "first": isFirstPostOnly = true
        case "likes": isLikedOnly = true
        case "posted": isPostedOnly = true
        case "pinned": isPinnedOnly = true
        case "wiki": isWikiOnly = true
        case "messages", "personal", "personal-direct", "all-pms": isMessagesOnly = true
        default: return false
        }
        return true
    }

    private mutating func addStatus(_ value: String) -> Bool {
        switch value {
        case "open": statuses.append(.open)
        case "closed": statuses.append(.closed)
        case "archived": statuses.append(.archived)
        case "noreplies": statuses.append(.noReplies)
        case "public": break
        default: return false
        }
        return true
    }

    private mutating func addOrder(_ value: String) -> Bool {
        switch value {
        case "latest", "latest_topic": order = .latest
        case "oldest", "oldest_topic": order = .oldest
        case "likes": order = .likes
        case "views": order = .views
        case "relevance": order = .relevance
        default: return false
        }
        return true
    }

    /// A date (`2026-01-31`), or a number of days before now.
    static func time(_ value: String, now: Timestamp) -> Timestamp? {
        if value.utf8.count <= 5, let days = Int(value), days >= 0 {
            return now - Double(days) * 86_400
        }
        let parts = value.split(separator: "-")
        guard parts.count == 3, let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2]), (1970...9999).contains(year), (1...12).contains(month),
            (1...31).contains(day)
        else { return nil }
        return Timestamp(secondsSince1970: Int64(daysSince1970(year, month, day)) * 86_400)
    }

    /// Howard Hinnant's calendar arithmetic.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
