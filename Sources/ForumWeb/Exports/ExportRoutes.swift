import Forum
import ForumAPI
import Hummingbird

/// An archive of one's own data: asked for, then fetched by the link that comes by mail.
struct ExportRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Exports.request, .member) { call in
            guard call.body.entity == "user_archive" else {
                throw ForumError(
                    .malformed,
                    "Only user_archive can be exported here.",
                    field: "entity"
                )
            }
            guard call.sessionToken != nil || call.grant.isUnrestricted else {
                throw ForumError.forbidden
            }
            try await community.requestExport(by: call.principal, session: call.sessionToken)
            return SuccessReply()
        }
        routes.serve(.get, "/export_csv/download/{token}", .member) { call in
            guard call.grant.isUnrestricted else { throw ForumError.forbidden }
            let found = try await community.exportFile(
                token: call.requiredText("token"),
                by: call.principal
            )
            return try FileResponse.archive(at: found.path, named: found.name)
        }
    }
}
