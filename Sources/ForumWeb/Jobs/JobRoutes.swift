import Forum
import ForumAPI

/// What is queued and what has failed, for administrators.
struct JobRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Jobs.list, .admin) { call in
            var filter = JobFilter(state: call.body.state?.state, kind: call.body.kind)
            filter.offset = call.body.offset ?? 0
            filter.limit = call.body.limit ?? filter.limit
            return try JobPresenter.list(await community.jobs(filter, by: call.principal))
        }
        routes.serve(API.Jobs.show, .admin) { call in
            try JobPresenter.body(
                await community.job(Self.id(call), by: call.principal)
            )
        }
        routes.serve(API.Jobs.retry, .admin) { call in
            try await community.retryJob(Self.id(call), by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.Jobs.discard, .admin) { call in
            try await community.discardJob(Self.id(call), by: call.principal)
            return SuccessReply()
        }
    }

    private static func id<Body>(_ call: Call<Body>) throws -> JobID {
        guard let id = JobID(try call.requiredText("id")) else { throw ForumError.notFound }
        return id
    }
}
