/// What is done to one topic beside writing in it, and what can be asked of it.
extension API {
    package enum TopicChanges {
        package static let changeTimestamp = Endpoint<ChangeTimestampRequest, SuccessReply>(
            .put,
            "/t/{topic_id}/change-timestamp"
        )
        package static let setTimer = Endpoint<TopicTimerRequest, TopicTimerReply>(
            .post,
            "/t/{topic_id}/timer"
        )
        package static let removeTimer = Endpoint<TopicTimerRequest, TopicTimerReply>(
            .delete,
            "/t/{topic_id}/timer"
        )
        package static let slowMode = Endpoint<SlowModeRequest, NoReply>(
            .put,
            "/t/{topic_id}/slow_mode"
        )
        package static let changeOwner = Endpoint<ChangeOwnerRequest, SuccessReply>(
            .post,
            "/t/{topic_id}/change-owner"
        )
        package static let resetBumpDate = Endpoint<NoBody, NoReply>(
            .put,
            "/t/{topic_id}/reset-bump-date"
        )
        package static let movePosts = Endpoint<MovePostsRequest, MovePostsReply>(
            .post,
            "/t/{topic_id}/move-posts"
        )
        package static let merge = Endpoint<MergeTopicRequest, MovePostsReply>(
            .post,
            "/t/{topic_id}/merge-topic"
        )
        package static let bulk = Endpoint<BulkRequest, BulkReply>(
            .put,
            "/topics/bulk"
        )
        package static let setTags = Endpoint<TopicTagsRequest, UpdateTopicReply>(
            .put,
            "/t/{topic_id}/tags"
        )
        package static let publish = Endpoint<PublishTopicRequest, UpdateTopicReply>(
            .put,
            "/t/{topic_id}/publish"
        )
        package static let clearPin = Endpoint<NoBody, SuccessReply>(
            .put,
            "/t/{topic_id}/clear-pin"
        )
        package static let rePin = Endpoint<NoBody, SuccessReply>(
            .put,
            "/t/{topic_id}/re-pin"
        )
        package static let timings = Endpoint<TopicTimingsRequest, NoReply>(
            .post,
            "/t/{topic_id}/timings"
        )
        package static let deleteTimings = Endpoint<DeleteTimingsQuery, NoReply>(
            .delete,
            "/t/{topic_id}/timings"
        )
        package static let postIDs = Endpoint<TopicPostIDsQuery, TopicPostIDsReply>(
            .get,
            "/t/{topic_id}/post_ids"
        )
        package static let excerpts = Endpoint<TopicPostIDsQuery, [PostExcerptBody]>(
            .get,
            "/t/{topic_id}/excerpts"
        )
        package static let wordpress = Endpoint<WordpressQuery, WordpressBody>(
            .get,
            "/t/{topic_id}/wordpress"
        )

        /// The Markdown of one post.
        package static let rawPost = Endpoint<NoBody, TextReply>(
            .get,
            "/raw/{topic_id}/{post_number}",
            takesSuffix: false
        )

        static let signatures = [
            changeTimestamp.signature,
            setTimer.signature,
            removeTimer.signature,
            slowMode.signature,
            changeOwner.signature,
            resetBumpDate.signature,
            movePosts.signature,
            merge.signature,
            bulk.signature,
            setTags.signature,
            publish.signature,
            clearPin.signature,
            rePin.signature,
            timings.signature,
            deleteTimings.signature,
            postIDs.signature,
            excerpts.signature,
            wordpress.signature,
            rawPost.signature,
        ]
    }
}
