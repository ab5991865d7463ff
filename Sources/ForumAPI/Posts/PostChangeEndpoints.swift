/// What is done to one post beside writing it, and what can be asked of it.
extension API {
    package enum PostChanges {
        package static let lock = Endpoint<LockPostRequest, LockPostReply>(
            .put,
            "/posts/{post_id}/locked"
        )
        package static let wiki = Endpoint<WikiRequest, PostBody>(.put, "/posts/{post_id}/wiki")
        package static let type = Endpoint<PostTypeRequest, PostBody>(
            .put,
            "/posts/{post_id}/post_type"
        )
        package static let rebake = Endpoint<NoBody, PostBody>(.put, "/posts/{post_id}/rebake")
        package static let destroyMany = Endpoint<DestroyPostsRequest, NoReply>(
            .delete,
            "/posts/destroy_many"
        )
        package static let raw = Endpoint<NoBody, TextReply>(
            .get,
            "/posts/{post_id}/raw",
            takesSuffix: false
        )
        package static let cooked = Endpoint<NoBody, CookedReply>(.get, "/posts/{post_id}/cooked")
        package static let replyHistory = Endpoint<NoBody, [PostBody]>(
            .get,
            "/posts/{post_id}/reply-history"
        )
        package static let replyIDs = Endpoint<NoBody, [ReplyIDBody]>(
            .get,
            "/posts/{post_id}/reply-ids"
        )
        /// The number, or `latest`.
        package static let revision = Endpoint<NoBody, RevisionBody>(
            .get,
            "/posts/{post_id}/revisions/{number}"
        )
        package static let revert = Endpoint<NoBody, PostBody>(
            .put,
            "/posts/{post_id}/revisions/{number}/revert"
        )
        package static let hideRevision = Endpoint<NoBody, NoReply>(
            .put,
            "/posts/{post_id}/revisions/{number}/hide"
        )
        package static let showRevision = Endpoint<NoBody, NoReply>(
            .put,
            "/posts/{post_id}/revisions/{number}/show"
        )
        package static let actionUsers = Endpoint<PostActionUsersQuery, PostActionUsersReply>(
            .get,
            "/post_action_users"
        )
        package static let accept = Endpoint<SolutionRequest, SolutionReply>(
            .post,
            "/solution/accept"
        )
        package static let unaccept = Endpoint<SolutionRequest, SolutionReply>(
            .post,
            "/solution/unaccept"
        )

        static let signatures = [
            lock.signature, wiki.signature, type.signature, rebake.signature,
            destroyMany.signature, raw.signature, cooked.signature, replyHistory.signature,
            replyIDs.signature, revision.signature, revert.signature, hideRevision.signature,
            showRevision.signature, actionUsers.signature, accept.signature, unaccept.signature,
        ]
    }
}
