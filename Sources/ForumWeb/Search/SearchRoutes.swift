import Forum
import ForumAPI

struct SearchRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Search.search, .everybody) { call in
            guard let text = call.body.query, !text.isEmpty else {
                throw WireError.missing(parameter: "q")
            }
            guard text.count >= community.settings.current.minSearchTermLength else {
                throw ForumError(
                    .malformed,
                    "You supplied invalid parameters to the request: q is too short",
                    field: "q"
                )
            }
            let page = min(max(call.body.page ?? 1, 1), 1000)
            let results = try await community.search(text, page: page, for: call.viewer)
            return SearchPresenter.reply(results, term: text, viewer: call.viewer)
        }
    }
}
