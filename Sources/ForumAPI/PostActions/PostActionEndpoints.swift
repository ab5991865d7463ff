/// Likes and flags.
extension API {
    package enum PostActions {
        package static let create = Endpoint<CreatePostActionRequest, PostBody>(
            .post,
            "/post_actions"
        )
        /// The id is the post's.
        package static let delete = Endpoint<DeletePostActionRequest, PostBody>(
            .delete,
            "/post_actions/{post_id}"
        )

        static let signatures = [create.signature, delete.signature]
    }
}
