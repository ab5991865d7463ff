/// The review queue.
extension API {
    package enum Review {
        package static let list = Endpoint<ListReviewablesRequest, ReviewListReply>(
            .get,
            "/review"
        )
        package static let show = Endpoint<NoBody, ReviewReply>(.get, "/review/{review_id}")
        package static let count = Endpoint<NoBody, ReviewCountReply>(.get, "/review/count")
        package static let settings = Endpoint<NoBody, ReviewSettingsReply>(
            .get,
            "/review/settings"
        )
        package static let perform = Endpoint<PerformReviewRequest, ReviewPerformReply>(
            .put,
            "/review/{review_id}/perform/{action}"
        )
        package static let update = Endpoint<UpdateReviewableRequest, UpdateReviewableReply>(
            .put,
            "/review/{review_id}"
        )
        /// One's own post that waits.
        package static let withdraw = Endpoint<NoBody, SuccessReply>(
            .delete,
            "/review/{review_id}"
        )
        package static let claim = Endpoint<ClaimTopicRequest, SuccessReply>(
            .post,
            "/reviewable_claimed_topics"
        )
        package static let unclaim = Endpoint<NoBody, SuccessReply>(
            .delete,
            "/reviewable_claimed_topics/{topic_id}"
        )
        package static let pending = Endpoint<NoBody, PendingPostsReply>(
            .get,
            "/posts/{username}/pending"
        )

        static let signatures = [
            list.signature, show.signature, count.signature, settings.signature,
            perform.signature, update.signature, withdraw.signature, claim.signature,
            unclaim.signature,
            pending.signature,
        ]
    }
}
