package import Postgres

/// Times as lists take them.
package enum TopicListTime {
    /// A date (`2026-01-31`, also with the time of day in ISO 8601), or a number of days before now.
    package static func parse(_ text: String, now: Timestamp) -> Timestamp? {
        SearchQuery.time(text, now: now) ?? Timestamp(iso8601: text)
    }
}

/// What `/filter?q=` asks for: Discourse's words `key:value`, with `-` (not) and `=` (without
/// subcategories) before some keys; what is no such word is searched for.
///
/// Reading never fails. As in Discourse, a key that is not known and a value that cannot be read are
/// passed over; a category or tag that is not known holds for no topic.
package struct TopicFilter: Sendable, Equatable {
    package private(set) var conditions: [TopicCondition] = []
    package private(set) var orders: [TopicListQuery.Sorting] = []

    private var included: [TopicCondition.Place] = []
    private var excluded: [TopicCondition.Place] = []
    private var words: [String] = []

    /// - Parameters:
    ///   - now: What "the last so many days" count from.
    ///   - locale: That of all topics.
    package init(_ text: String, now: Timestamp, locale: String = "en") {
        let text = text.cleanedOfNUL.unicodeScalars.prefix(Limits.filterLengthMax)
        for token in Self.tokens(of: String(text)) {
            guard let word = Word(token) else {
                words.append(token)
                continue
            }
            read(word, now: now, locale: locale)
        }
        if !included.isEmpty { add(.places(included, isExcluded: false)) }
        if !excluded.isEmpty { add(.places(excluded, isExcluded: true)) }
        if !words.isEmpty {
            let search = SearchQuery(words.joined(separator: " "), now: now).websearch
            if !search.isEmpty { add(.words(search)) }
        }
    }

    /// The query of a list that this narrows.
    package var query: TopicListQuery {
        var query = TopicListQuery(.all)
        query.conditions = conditions
        if orders.count == 1 {
            query.order = orders[0].order
            query.isAscending = orders[0].isAscending
        } else {
            query.orders = orders
        }
        return query
    }

    // MARK: Words

    private struct Word {
        var isNegated = false
        var isExact = false
        var key: Substring
        var value: String

        /// `nil` for what is no `key:value`.
        init?(_ token: String) {
            guard let colon = token.firstIndex(of: ":") else { return nil }
            var key = token[..<colon]
            while let first = key.first, first == "-" || first == "=" {
                if first == "-" { isNegated = true } else { isExact = true }
                key = key.dropFirst()
            }
            guard !key.isEmpty,
                key.utf8.allSatisfy({
                    (97...122).contains($0 | 0x20) || $0 == UInt8(ascii: "-")
                        || $0 == UInt8(ascii: "_")
                })
            else { return nil }
            self.key = key
            value = String(token[token.index(after: colon)...])
            if value.isEmpty || value.hasPrefix("//") { return nil }
        }
    }

    /// Splits at spaces; between two quotation marks spaces do not split.
    private static func tokens(of text: String) -> [String] {
        var tokens: [String] = []
        var current = ""
        var isQuoted = false
        for character in text {
            if character == "\"" {
                isQuoted.toggle()
            } else if character.isWhitespace, !isQuoted {
                if !current.isEmpty { tokens.append(current) }
                current = ""
            } else {
                current.append(character)
            }
        }
        if !current.isEmpty { tokens.append(current) }
        return tokens
    }

    private mutating func add(_ condition: TopicCondition) {
        guard conditions.count < Limits.listConditionsMax else { return }
        conditions.append(condition)
    }

    private mutating func read(_ word: Word, now: Timestamp, locale: String) {
        let key = word.key.lowercased().replacing("_", with: "-")
        switch key {
        case "category", "categories": addPlaces(word)
        case "tag", "tags": addTags(word)
        case "tag-group", "tag-groups":
            add(.tagGroup(word.value.lowercased(), isExcluded: word.isNegated))
        case "user", "users":
            let (names, all) = Self.names(word.value)
            add(.writers(names.map { Self.username($0) }, all: all))
        case "group", "groups":
            let (names, all) = Self.names(word.value)
            add(.groups(names.map { UsernameRules.fold($0) }, all: all))
        case "created-by":
            add(.creators(Self.names(word.value).names.map { Self.username($0) }))
        case "in":
            let relations = Self.list(word.value).compactMap {
                TopicCondition.Relation(rawValue: $0)
            }
            add(relations.isEmpty ? .nothing : .relations(relations))
        case "status":
            for name in Self.list(word.value) {
                guard let status = TopicCondition.Status(rawValue: name) else { continue }
                add(.status(status))
            }
        case "order": addOrders(word.value)
        case "locale":
            let wanted = Self.list(word.value).contains(locale.lowercased())
            if wanted == word.isNegated { add(.nothing) }
        default: addBound(key, word.value, now: now)
        }
    }

    private mutating func addPlaces(_ word: Word) {
        for slug in Self.list(word.value) {
            let place = TopicCondition.Place(
                slug: String(slug.drop { $0 == "#" || $0 == "=" }),
                includesSubcategories: !word.isExact
            )
            guard included.count + excluded.count < Limits.tagConditionsMax else { return }
            if word.isNegated { excluded.append(place) } else { included.append(place) }
        }
    }

    private mutating func addTags(_ word: Word) {
        let (names, all) = Self.names(word.value)
        let tags = names.map { $0.drop { $0 == "#" }.lowercased() }.filter { !$0.isEmpty }
        if tags == ["none"], !word.isNegated {
            add(.untagged)
        } else {
            add(.tags(tags, all: all, isExcluded: word.isNegated))
        }
    }

    private mutating func addOrders(_ value: String) {
        for name in Self.list(value) {
            let isAscending = name.hasSuffix("-asc")
            var base = isAscending ? String(name.dropLast(4)) : name
            if base.hasSuffix("-desc") { base = String(base.dropLast(5)) }
            if base == "likes-op" { base = TopicListQuery.Order.firstPostLikes.rawValue }
            guard orders.count < 5, let order = TopicListQuery.Order(rawValue: base) else {
                continue
            }
            orders.append(TopicListQuery.Sorting(order, isAscending: isAscending))
        }
    }

    /// `likes-min:5`, `created-after:2026-01-31` and the like.
    private mutating func addBound(_ key: String, _ value: String, now: Timestamp) {
        guard let dash = key.lastIndex(of: "-") else { return }
        let name = String(key[..<dash])
        switch key[key.index(after: dash)...] {
        case "min", "max":
            guard let metric = TopicCondition.Metric(rawValue: name), let number = Int32(value),
                number >= 0
            else { return }
            add(.number(metric, isMinimum: key.hasSuffix("min"), Int(number)))
        case "before", "after":
            guard let moment = TopicCondition.Moment(rawValue: name),
                let time = SearchQuery.time(value, now: now)
            else { return }
            add(.time(moment, isAfter: key.hasSuffix("after"), time))
        default: return
        }
    }

    // MARK: Values

    private static func list(_ value: String) -> [String] {
        value.split(separator: ",").prefix(Limits.tagConditionsMax).map { $0.lowercased() }
    }

    /// `a,b` any of them, `a+b` all of them.
    private static func names(_ value: String) -> (names: [String], all: Bool) {
        let all = value.contains("+")
        let parts = value.split(separator: all ? "+" : ",")
        return (parts.prefix(Limits.tagConditionsMax).map(String.init), all)
    }

    private static func username(_ name: String) -> String {
        UsernameRules.fold(String(name.drop { $0 == "@" }))
    }
}
