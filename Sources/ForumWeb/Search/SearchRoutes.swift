import Forum
import ForumAPI
import Postgres

struct SearchRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Search.search, .everybody) { call in
            guard let text = call.body.query, !text.isEmpty else {
                throw WireError.missing(parameter: "q")
            }
            try checkLength(text, "q")
            let page = min(max(call.body.page ?? 1, 1), 1000)
            var query = Forum.SearchQuery(text, now: community.clock())
            if let type = call.body.context, call.body.skipContext != true {
                try Self.narrow(&query, to: type, call.body.contextID)
            }
            let results = try await community.search(query, page: page, for: call.viewer)
            return SearchPresenter.reply(results, term: text, viewer: call.viewer)
        }
        routes.serve(API.Search.typed, .everybody) { call in
            let text = call.body.term
            if call.body.searchForID == true, let id = Int64(text) {
                return try await topic(TopicID(id), text, call)
            }
            try checkLength(text, "term")
            var query = Forum.SearchQuery(text, now: community.clock())
            if let context = call.body.searchContext {
                try Self.narrow(&query, to: context.type, context.id)
            }
            if call.body.restrictToArchetype == "private_message" { query.isMessagesOnly = true }
            let results = try await community.search(
                query,
                perPage: Forum.Limits.typedPostsMax,
                scope: try Self.scope(call.body.typeFilter),
                for: call.viewer
            )
            return SearchPresenter.reply(results, term: text, viewer: call.viewer)
        }
    }

    private func checkLength(_ text: String, _ field: String) throws(ForumError) {
        guard text.count >= community.settings.current.minSearchTermLength else {
            throw ForumError(
                .malformed,
                "You supplied invalid parameters to the request: \(field) is too short",
                field: field
            )
        }
    }

    /// The first post of a topic that is asked for by its number.
    private func topic(
        _ id: TopicID,
        _ text: String,
        _ call: Call<TypedSearchQuery>
    ) async throws -> SearchReply {
        var query = Forum.SearchQuery("", now: community.clock())
        query.topicID = id
        query.isFirstPostOnly = true
        let results = try await community.search(
            query,
            perPage: 1,
            scope: .posts,
            for: call.viewer
        )
        return SearchPresenter.reply(results, term: text, viewer: call.viewer)
    }

    private static func scope(_ name: String?) throws(ForumError) -> SearchScope {
        guard let name, !name.isEmpty else { return .all }
        guard let scope = SearchScope(rawValue: name) else {
            throw ForumError(
                .malformed,
                "You supplied invalid parameters to the request: type_filter",
                field: "type_filter"
            )
        }
        return scope
    }

    /// Searches in one place only.
    private static func narrow(
        _ query: inout Forum.SearchQuery,
        to type: String,
        _ id: String?
    ) throws {
        func required() throws -> String {
            guard let id, !id.isEmpty else { throw WireError.missing(parameter: "context_id") }
            return id
        }
        switch type {
        case "user": query.usernames.append(try required().lowercased())
        case "category":
            query.conditions.append(
                .places([TopicCondition.Place(slug: try required())], isExcluded: false)
            )
        case "tag":
            query.conditions.append(.tags([try required()], all: false, isExcluded: false))
        case "topic":
            guard let number = Int64(try required()) else {
                throw ForumError(.malformed, "context_id must be a number.", field: "context_id")
            }
            query.topicID = TopicID(number)
        case "private_messages": query.isMessagesOnly = true
        default:
            throw ForumError(
                .malformed,
                "You supplied invalid parameters to the request: search_context",
                field: "search_context"
            )
        }
    }
}
