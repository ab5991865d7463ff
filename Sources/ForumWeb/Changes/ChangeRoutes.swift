import Forum
import ForumAPI

/// What changed since a client last asked: for archives, mirrors and search engines of others.
struct ChangeRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Changes.list, .everybody) { call in
            let page = try await community.changes(
                since: try call.text("since"),
                limit: call.body.limit ?? Forum.Limits.changesPerPage,
                includingRaw: call.body.includeRaw ?? false,
                for: call.viewer
            )
            return ChangesReply(
                changes: page.changes.map { ChangePresenter.body($0) },
                cursor: page.cursor,
                more: page.hasMore,
                walking: page.isWalking,
                accessChanged: page.isAccessChanged
            )
        }
    }
}
