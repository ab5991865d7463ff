import Forum
import ForumAPI

/// Flags among the post actions.
struct FlagRoutes: Sendable {
    let community: Community

    func flag(_ call: Call<CreatePostActionRequest>) async throws -> PostBody {
        let kind = try Self.kind(call.body.postActionTypeID)
        let post = try await community.flagPost(
            PostID(Int64(call.body.id)),
            kind,
            message: call.body.message,
            takesAction: call.body.takeAction ?? false,
            by: call.principal
        )
        var body = PostPresenter.acted(post, viewer: call.viewer)
        // One flag of one member is enough.
        body.actionsSummary.removeAll { $0.id != PostActionType.like.rawValue }
        body.actionsSummary.append(
            ActionSummaryBody(
                id: kind.rawValue,
                acted: true,
                // What went out as a message is not taken back.
                canUndo: kind == .notifyUser || kind == .notifyModerators ? nil : true
            )
        )
        return body
    }

    func unflag(_ call: Call<DeletePostActionRequest>) async throws -> PostBody {
        let post = try await community.unflagPost(
            call.postID(),
            Self.kind(call.body.postActionTypeID),
            by: call.principal
        )
        return PostPresenter.acted(post, viewer: call.viewer)
    }

    private static func kind(_ number: Int) throws(ForumError) -> FlagKind {
        guard let kind = FlagKind(rawValue: number) else {
            throw ForumError(
                .malformed,
                "There is no such post_action_type_id: 2, 3, 4, 6, 7, 8 and 10 are known.",
                field: "post_action_type_id"
            )
        }
        return kind
    }
}
