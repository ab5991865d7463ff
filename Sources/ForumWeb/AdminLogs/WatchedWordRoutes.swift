import Forum
import ForumAPI

struct WatchedWordRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.WatchedWords.list, .staff) { call in
            let words = try await community.watchedWords(for: call.principal)
            var compiled: [String: [String]] = [:]
            for word in words { compiled[word.action.name, default: []].append(word.pattern) }
            return WatchedWordsReply(
                actions: WatchedWord.Action.allCases.map(\.name),
                words: words.map(Self.body),
                compiled: compiled
            )
        }
        routes.serve(API.WatchedWords.create, .staff) { call in
            let action = try Self.action(call.body.actionKey)
            let words = call.body.words ?? call.body.word.map { [$0] } ?? []
            guard !words.isEmpty else { throw WireError.missing(parameter: "words") }
            guard words.count <= 100 else {
                throw ForumError(.malformed, "At most 100 words at once.", field: "words")
            }
            var made: [WatchedWordBody] = []
            for word in words {
                made.append(
                    Self.body(
                        try await community.watchWord(
                            word,
                            action,
                            replacement: call.body.replacement,
                            isCaseSensitive: call.body.caseSensitive ?? false,
                            isHTML: call.body.html ?? false,
                            by: call.principal
                        )
                    )
                )
            }
            return WatchedWordsMadeReply(words: made)
        }
        routes.serve(API.WatchedWords.delete, .staff) { call in
            try await community.forgetWatchedWord(call.id("id"), by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.WatchedWords.clear, .staff) { call in
            try await community.forgetWatchedWords(
                Self.action(call.requiredText("action_name")),
                by: call.principal
            )
            return SuccessReply()
        }
    }

    private static func action(_ name: String) throws(ForumError) -> WatchedWord.Action {
        guard let action = WatchedWord.Action(name: name) else {
            throw ForumError(
                .malformed,
                "There is no such action of watched words.",
                field: "action_key"
            )
        }
        return action
    }

    private static func body(_ word: WatchedWord) -> WatchedWordBody {
        WatchedWordBody(
            id: Int(word.id),
            word: word.word,
            regexp: word.pattern,
            replacement: word.replacement,
            action: word.action.name,
            caseSensitive: word.isCaseSensitive,
            html: word.isHTML
        )
    }
}
