/// Posts.
extension API {
    package enum Posts {
        package static let latest = Endpoint<LatestPostsQuery, LatestPostsReply>(.get, "/posts")
        package static let show = Endpoint<PostQuery, PostBody>(.get, "/posts/{post_id}")
        package static let showByNumber = Endpoint<PostQuery, PostBody>(
            .get,
            "/posts/by_number/{topic_id}/{post_number}"
        )
        package static let replies = Endpoint<PostQuery, [PostBody]>(
            .get,
            "/posts/{post_id}/replies"
        )
        package static let create = Endpoint<CreatePostRequest, CreatePostReply>(
            .post,
            "/posts"
        )
        package static let update = Endpoint<UpdatePostRequest, UpdatePostReply>(
            .put,
            "/posts/{post_id}"
        )
        package static let delete = Endpoint<DeletePostRequest, NoReply>(
            .delete,
            "/posts/{post_id}"
        )
        package static let recover = Endpoint<NoBody, PostBody>(.put, "/posts/{post_id}/recover")

        static let signatures = [
            latest.signature, show.signature, showByNumber.signature, replies.signature,
            create.signature, update.signature, delete.signature, recover.signature,
        ]
    }
}
