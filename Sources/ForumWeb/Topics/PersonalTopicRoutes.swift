import Forum
import ForumAPI

/// The topics that one person opened.
struct PersonalTopicRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        let createdBy = Endpoint<ForumAPI.TopicListQuery, TopicListReply>(
            .get,
            "/topics/created-by/{username}"
        )
        routes.serve(createdBy, .everybody) { call in
            try await list(call, "created-by") { .createdBy($0) }
        }
    }

    private func list(
        _ call: Call<ForumAPI.TopicListQuery>,
        _ name: String,
        _ filter: (UserID) -> Forum.TopicListQuery.Filter
    ) async throws -> TopicListReply {
        guard let user = try await community.user(named: call.requiredText("username")) else {
            throw ForumError.notFound
        }
        var query = Forum.TopicListQuery(filter(user.id))
        query.page = min(max(call.body.page ?? 0, 0), 100_000)
        let page = try await community.topicList(query, for: call.viewer)
        return TopicListPresenter.reply(
            page,
            .init(path: "/topics/\(name)/\(percentEncoded(user.username.lowercased()))"),
            viewer: call.viewer
        )
    }
}
