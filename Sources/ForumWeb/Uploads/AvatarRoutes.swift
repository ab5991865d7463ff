import Forum
import ForumAPI
import Hummingbird

/// The pictures of people.
struct AvatarRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Uploads.pickAvatar, .member) { call in try await pick(call) }
        routes.serve(API.Uploads.removeAvatar, .member) { call in
            try await community.pickAvatar(
                nil,
                for: call.requiredText("username"),
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.Uploads.refreshGravatar, .member) { call in
            let username = try call.requiredText("username")
            let profile = try await community.profile(named: username, for: call.viewer)
            guard profile.canEdit else { throw ForumError.forbidden }
            // No picture came from there: as Discourse answers when the service has none.
            return GravatarReply()
        }
        // Whatever picture the person has at the moment.
        routes.serve(.get, "/letter_avatar/{username}/{size}/{version}", .everybody) { call in
            FileResponse.picture(
                try await community.avatar(
                    of: call.requiredText("username"),
                    size: Self.size(call)
                ),
                seconds: WebLimits.avatarSeconds
            )
        }
        routes.serve(
            .get,
            "/user_avatar/{host}/{username}/{size}/{version}",
            .everybody
        ) { call in
            let version = try call.requiredText("version")
            guard let id = Int64(version.prefix { $0.isNumber }) else { throw ForumError.notFound }
            let bytes = try await community.avatar(
                of: call.requiredText("username"),
                id: UploadID(id),
                size: Self.size(call)
            )
            return FileResponse.picture(bytes, seconds: WebLimits.avatarSeconds)
        }
        routes.serve(
            .get,
            "/letter_avatar_proxy/{version}/letter/{letter}/{color}/{size}",
            .everybody
        ) { call in
            let bytes = try await community.letter(
                of: call.requiredText("letter"),
                colour: call.requiredText("color"),
                size: Self.size(call)
            )
            return FileResponse.picture(bytes, seconds: WebLimits.letterSeconds)
        }
    }

    private func pick(_ call: Call<PickAvatarRequest>) async throws -> SuccessReply {
        let username = try call.requiredText("username")
        switch call.body.type {
        case .system, .gravatar:
            try await community.pickAvatar(nil, for: username, by: call.principal)
        case .uploaded, .custom:
            guard let id = call.body.uploadID else {
                throw WireError.missing(parameter: "upload_id")
            }
            try await community.pickAvatar(
                UploadID(Int64(id)),
                for: username,
                by: call.principal
            )
        }
        return SuccessReply()
    }

    /// `48` of `48` or `48.png`.
    private static func size(_ call: Call<WireValue>) throws -> Int {
        let text = try call.requiredText("size").prefix { $0 != "." }
        guard let size = Int(text), (1...1000).contains(size) else { throw ForumError.notFound }
        return size
    }
}
