import Forum
import ForumAPI

struct TagRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Tags.list, .everybody, cached: .lists) { call in
            let tags = try await community.tags(for: call.viewer)
            return TagListReply(tags: tags.map { TagPresenter.body($0) })
        }
    }
}
