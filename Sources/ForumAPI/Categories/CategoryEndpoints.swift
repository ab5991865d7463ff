/// Categories and their topics.
extension API {
    package enum Categories {
        package static let list = Endpoint<CategoryListQuery, CategoryListReply>(
            .get,
            "/categories"
        )
        package static let show = Endpoint<NoBody, CategoryReply>(.get, "/c/{category_id}/show")
        package static let create = Endpoint<CategoryRequest, CategoryReply>(
            .post,
            "/categories"
        )
        package static let update = Endpoint<CategoryRequest, CategoryReply>(
            .put,
            "/categories/{category_id}"
        )
        package static let delete = Endpoint<NoBody, SuccessReply>(
            .delete,
            "/categories/{category_id}"
        )
        package static let setLevel = Endpoint<NotificationLevelRequest, SuccessReply>(
            .post,
            "/category/{category_id}/notifications"
        )
        package static let topics = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/c/{slug}/{category_id}"
        )
        package static let topicsByID = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/c/{category_id}"
        )
        package static let latest = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/c/{slug}/l/latest"
        )
        package static let subcategoryTopics = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/c/{parent_slug}/{slug}/{category_id}"
        )

        static let signatures = [
            list.signature, show.signature, create.signature, update.signature, delete.signature,
            setLevel.signature, topics.signature, topicsByID.signature, latest.signature,
            subcategoryTopics.signature,
        ]
    }
}
