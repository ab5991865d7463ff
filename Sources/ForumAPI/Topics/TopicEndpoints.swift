/// Topics, alone and in lists.
extension API {
    package enum Topics {
        package static let latest = Endpoint<TopicListQuery, TopicListReply>(.get, "/latest")
        package static let top = Endpoint<TopicListQuery, TopicListReply>(.get, "/top")
        package static let new = Endpoint<TopicListQuery, TopicListReply>(.get, "/new")
        package static let unread = Endpoint<TopicListQuery, TopicListReply>(.get, "/unread")
        package static let hot = Endpoint<TopicListQuery, TopicListReply>(.get, "/hot")
        package static let unseen = Endpoint<TopicListQuery, TopicListReply>(.get, "/unseen")
        package static let posted = Endpoint<TopicListQuery, TopicListReply>(.get, "/posted")
        package static let bookmarks = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/bookmarks"
        )
        /// Topics by Discourse's filter words, in `q`.
        package static let filter = Endpoint<TopicListQuery, TopicListReply>(.get, "/filter")
        /// `top` of one period, as older clients ask for it.
        package static let topOf = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/top/{period}"
        )
        package static let list = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/l/{filter}"
        )
        package static let resetNew = Endpoint<ResetNewRequest, ResetNewReply>(
            .put,
            "/topics/reset-new"
        )

        /// Also `/t/{slug}` alone.
        package static let show = Endpoint<TopicQuery, TopicBody>(.get, "/t/{topic_id}")
        /// The same shape as ``showAtPost``: the first segment is an id or a slug.
        package static let showWithSlug = Endpoint<TopicQuery, TopicBody>(
            .get,
            "/t/{slug}/{topic_id}"
        )
        package static let showAtPost = Endpoint<TopicQuery, TopicBody>(
            .get,
            "/t/{topic_id}/{post_number}"
        )
        package static let showWithSlugAtPost = Endpoint<TopicQuery, TopicBody>(
            .get,
            "/t/{slug}/{topic_id}/{post_number}"
        )
        package static let posts = Endpoint<TopicPostsQuery, TopicPostsReply>(
            .get,
            "/t/{topic_id}/posts"
        )
        /// The Markdown of a topic's posts.
        package static let raw = Endpoint<RawTopicQuery, TextReply>(
            .get,
            "/raw/{topic_id}",
            takesSuffix: false
        )

        /// Also `/t/-/{topic_id}`: the slug does not matter.
        package static let update = Endpoint<UpdateTopicRequest, UpdateTopicReply>(
            .put,
            "/t/{slug}/{topic_id}"
        )
        package static let updateByID = Endpoint<UpdateTopicRequest, UpdateTopicReply>(
            .put,
            "/t/{topic_id}"
        )
        package static let updateStatus = Endpoint<
            UpdateTopicStatusRequest, UpdateTopicStatusReply
        >(.put, "/t/{topic_id}/status")
        package static let delete = Endpoint<DeleteTopicRequest, NoReply>(
            .delete,
            "/t/{topic_id}"
        )
        package static let recover = Endpoint<NoBody, NoReply>(.put, "/t/{topic_id}/recover")
        package static let setLevel = Endpoint<NotificationLevelRequest, SuccessReply>(
            .post,
            "/t/{topic_id}/notifications"
        )
        package static let timings = Endpoint<TimingsRequest, NoReply>(.post, "/topics/timings")

        static let signatures = [
            latest.signature, top.signature, new.signature, unread.signature, hot.signature,
            unseen.signature, posted.signature, bookmarks.signature, filter.signature,
            topOf.signature, list.signature, resetNew.signature,
            show.signature, showWithSlug.signature, showAtPost.signature,
            showWithSlugAtPost.signature, posts.signature, raw.signature, update.signature,
            updateByID.signature, updateStatus.signature, delete.signature, recover.signature,
            setLevel.signature, timings.signature,
        ]
    }
}
