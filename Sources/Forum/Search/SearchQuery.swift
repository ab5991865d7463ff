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
        case latestTopic
        case oldestTopic
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
    /// What else the topic must be.
    package var conditions: [TopicCondition] = []
    /// What else the post must be.
    package var postDemands: [PostDemand] = []
    /// Messages to a group.
    package var groupMessages: String?
    /// Messages between the viewer and one other person.
    package var isDirectOnly = false
    /// Everybody's messages, for administrators.
    package var isAllMessages = false
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

    package enum PostDemand: Sendable, Equatable {
        case bookmarked
        case seen
        case unseen
        case hasImages
        /// The author is in the group.
        case group(String)
        /// The author has the badge.
        case badge(String)
        /// Links to a file of one of the kinds, such as `pdf`.
        case fileTypes([String])
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
            || !conditions.isEmpty || !postDemands.isEmpty || groupMessages != nil
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
            let names = value.split(separator: ",").prefix(Limits.searchFiltersMax)
            guard names.count > 1 else {
                if let name = names.first { _ = addCategory(name, false) }
                break
            }
            add(
                .places(
                    names.map { name in
                        TopicCondition.Place(
                            slug: name.drop { $0 == "=" || $0 == "#" }.lowercased(),
                            includesSubcategories: !name.hasPrefix("=")
                        )
                    },
                    isExcluded: false
                )
            )
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
        case "created":
            add(.creators([UsernameRules.fold(value.drop { $0 == "@" }.description)]))
            isFirstPostOnly = true
        case "group": add(.group(UsernameRules.fold(value.drop { $0 == "@" }.description)))
        case "group_messages":
            groupMessages = UsernameRules.fold(value)
            isMessagesOnly = true
        case "badge": add(.badge(value.lowercased()))
        case "with":
            guard value.lowercased() == "images" else { return false }
            add(.hasImages)
        case "filetypes", "filetype": add(.fileTypes(Self.fileTypes(value)))
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

    private mutating func add(_ condition: TopicCondition) {
        guard conditions.count < Limits.searchFiltersMax else { return }
        conditions.append(condition)
    }

    private mutating func add(_ demand: PostDemand) {
        guard postDemands.count < Limits.searchFiltersMax else { return }
        postDemands.append(demand)
    }

    private static func fileTypes(_ value: String) -> [String] {
        value.split { $0 == "," || $0 == ";" || $0 == "|" }.prefix(Limits.searchFiltersMax)
            .map { $0.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) } }
            .filter { !$0.isEmpty }
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
        case "messages", "personal": isMessagesOnly = true
        case "personal-direct":
            isMessagesOnly = true
            isDirectOnly = true
        case "all-pms":
            isMessagesOnly = true
            isAllMessages = true
        case "bookmarks", "bookmarked": add(.bookmarked)
        case "created", "mine":
            add(.relations([.created]))
            isFirstPostOnly = true
        case "seen": add(.seen)
        case "unseen": add(.unseen)
        case "watching": add(.relations([.watching]))
        case "tracking": add(.relations([.tracking]))
        case "tagged": add(.tagged)
        case "untagged": add(.untagged)
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
        case "public": add(.status(.public))
        case "single_user": add(.status(.singleUser))
        default: return false
        }
        return true
    }

    private mutating func addOrder(_ value: String) -> Bool {
        switch value {
        case "latest": order = .latest
        case "oldest": order = .oldest
        case "latest_topic": order = .latestTopic
        case "oldest_topic": order = .oldestTopic
        case "likes": order = .likes
        case "views": order = .views
        case "relevance": order = .relevance
        default: return false
        }
        return true
    }

    private static let weekdays = [
        "thursday", "friday", "saturday", "sunday", "monday", "tuesday", "wednesday",
    ]
    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    ]

    /// The last day of that name before today, or the first of the last month of that name.
    private static func time(named name: String, now: Timestamp) -> Timestamp? {
        let today = now.microseconds / 86_400_000_000
        let date = now.iso8601.prefix(10).split(separator: "-").compactMap { Int($0) }
        guard date.count == 3, name.count >= 3 else { return nil }
        switch name {
        case "today": return Timestamp(secondsSince1970: today * 86_400)
        case "yesterday": return Timestamp(secondsSince1970: (today - 1) * 86_400)
        default: break
        }
        // The first of January 1970 was a Thursday.
        if let day = weekdays.firstIndex(where: { $0 == name || $0.prefix(3) == name }) {
            let back = (today - Int64(day)) % 7
            return Timestamp(secondsSince1970: (today - (back == 0 ? 7 : back)) * 86_400)
        }
        if let index = months.firstIndex(where: { $0 == name || $0.prefix(3) == name }) {
            let year = index + 1 > date[1] ? date[0] - 1 : date[0]
            return Timestamp(
                secondsSince1970: Int64(daysSince1970(year, index + 1, 1)) * 86_400
            )
        }
        return nil
    }

    /// A date (`2026-01-31`), a number of days before now, or the name of a day or month.
    static func time(_ value: String, now: Timestamp) -> Timestamp? {
        if value.utf8.count <= 5, let days = Int(value), days >= 0 {
            return now - Double(days) * 86_400
        }
        if let time = time(named: value.lowercased(), now: now) { return time }
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
