import Markup
import Postgres

/// What a text spells as polls, checked.
enum PollRules {
    /// - Throws: `.invalid` with all that is wrong.
    static func check(_ sources: [PollSource], now: Timestamp) throws(ForumError) -> [PreparedPoll]
    {
        guard sources.count <= Limits.pollsPerPost else {
            throw .poll("There are too many polls in this post.")
        }
        var polls: [PreparedPoll] = []
        for source in sources {
            let poll = try check(source, now: now)
            guard !polls.contains(where: { $0.name == poll.name }) else {
                throw .poll(
                    poll.name == "poll"
                        ? "There are multiple polls without a name. Use the 'name' attribute to "
                            + "uniquely identify your polls."
                        : "There are multiple polls with the same name: \(poll.name)."
                )
            }
            polls.append(poll)
        }
        return polls
    }

    private static func check(
        _ source: PollSource,
        now: Timestamp
    ) throws(ForumError) -> PreparedPoll {
        guard (1...100).contains(source.name.unicodeScalars.count) else {
            throw .poll("The name of a poll must have 1 to 100 characters.")
        }
        let name = source.name
        guard let kind = Poll.Kind(rawValue: source.type) else {
            throw .poll("Poll \(name): the type \(source.type.prefix(20)) is not known.")
        }
        guard let results = Poll.Results(rawValue: source.results) else {
            throw .poll(
                "Poll \(name): the results value \(source.results.prefix(20)) is not known."
            )
        }
        try checkOptions(source, name)
        var poll = PreparedPoll(
            name: name,
            title: source.title.map { String($0.prefix(Limits.pollTitleMax)) },
            kind: kind,
            isOpen: !source.isClosed,
            results: results,
            isPublic: source.isPublic,
            minimum: nil,
            maximum: nil,
            step: nil,
            chartType: source.chartType,
            closeAt: nil,
            groupNames: Array(source.groups.filter { !$0.isEmpty }.prefix(20)),
            options: source.options.map { Poll.Option(digest: $0.digest, html: $0.html) }
        )
        try bound(&poll, source)
        if let close = source.close {
            guard let time = Timestamp(iso8601: close), time - now < Limits.planningSeconds else {
                throw .poll("Poll \(name): close is not a date.")
            }
            poll.closeAt = time
        }
        return poll
    }

    private static func checkOptions(
        _ source: PollSource,
        _ name: String
    ) throws(ForumError) {
        let count = source.options.count
        guard count >= 1 else { throw .poll("Poll \(name) must have at least 1 option.") }
        guard count <= Limits.pollOptionsMax else {
            throw .poll("Poll \(name) must have at most \(Limits.pollOptionsMax) options.")
        }
        guard !source.options.contains(where: { $0.html.isEmpty }) else {
            throw .poll("Poll \(name): options must not be empty.")
        }
        guard source.options.allSatisfy({ $0.html.utf8.count <= Limits.pollOptionMax }) else {
            throw .poll("Poll \(name): an option is too long.")
        }
        guard Set(source.options.map(\.digest)).count == count else {
            throw .poll("Poll \(name) must have different options.")
        }
    }

    private static func bound(
        _ poll: inout PreparedPoll,
        _ source: PollSource
    ) throws(ForumError) {
        let count = source.options.count
        switch poll.kind {
        case .regular: return
        case .multiple:
            let least = source.min ?? 1
            let most = min(source.max ?? count, count)
            guard least >= 0, most >= 1, least <= most else {
                throw .poll("Poll \(poll.name) with multiple choice has invalid parameters.")
            }
            poll.minimum = max(1, least)
            poll.maximum = most
        case .number:
            poll.minimum = source.min ?? 1
            poll.maximum = source.max
            poll.step = max(1, source.step ?? 1)
        }
    }
}
