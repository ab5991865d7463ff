/// Words that do something to a post that has them.
extension API {
    package enum WatchedWords {
        package static let list = Endpoint<NoBody, WatchedWordsReply>(
            .get,
            "/admin/customize/watched_words"
        )
        package static let create = Endpoint<CreateWatchedWordRequest, WatchedWordsMadeReply>(
            .post,
            "/admin/customize/watched_words"
        )
        package static let delete = Endpoint<NoBody, SuccessReply>(
            .delete,
            "/admin/customize/watched_words/{id}"
        )
        /// Every word of one action.
        package static let clear = Endpoint<NoBody, SuccessReply>(
            .delete,
            "/admin/customize/watched_words/action/{action_name}"
        )

        static let signatures = [
            list.signature, create.signature, delete.signature, clear.signature,
        ]
    }
}

package struct WatchedWordBody: Codable, Sendable, Equatable {
    package var id: Int
    package var word: String
    package var regexp: String
    package var replacement: String?
    package var action: String
    package var caseSensitive: Bool
    package var html: Bool

    package init(
        id: Int,
        word: String,
        regexp: String,
        replacement: String?,
        action: String,
        caseSensitive: Bool,
        html: Bool
    ) {
        self.id = id
        self.word = word
        self.regexp = regexp
        self.replacement = replacement
        self.action = action
        self.caseSensitive = caseSensitive
        self.html = html
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case word
        case regexp
        case replacement
        case action
        case caseSensitive = "case_sensitive"
        case html
    }
}

/// `GET /admin/customize/watched_words`.
package struct WatchedWordsReply: Codable, Sendable, Equatable {
    package var actions: [String]
    package var words: [WatchedWordBody]
    package var compiledRegularExpressions: [String: [String]]

    package init(actions: [String], words: [WatchedWordBody], compiled: [String: [String]]) {
        self.actions = actions
        self.words = words
        compiledRegularExpressions = compiled
    }

    private enum CodingKeys: String, CodingKey {
        case actions
        case words
        case compiledRegularExpressions = "compiled_regular_expressions"
    }
}

/// What `POST` answers: the word, or the words when several were sent.
package struct WatchedWordsMadeReply: Codable, Sendable, Equatable {
    package var words: [WatchedWordBody]

    package init(words: [WatchedWordBody]) { self.words = words }
}

/// `POST /admin/customize/watched_words`.
package struct CreateWatchedWordRequest: Codable, Sendable, Equatable {
    package var word: String?
    package var words: [String]?
    /// `block`, `censor`, `require_approval`, `flag`, `replace`, `tag`, `silence` or `link`.
    package var actionKey: String
    package var replacement: String?
    package var caseSensitive: Bool?
    package var html: Bool?

    package init(actionKey: String) { self.actionKey = actionKey }

    private enum CodingKeys: String, CodingKey {
        case word
        case words
        case actionKey = "action_key"
        case replacement
        case caseSensitive = "case_sensitive"
        case html
    }
}
