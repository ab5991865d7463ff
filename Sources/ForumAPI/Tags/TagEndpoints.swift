/// Tags and their topics.
extension API {
    package enum Tags {
        package static let list = Endpoint<NoBody, TagListReply>(.get, "/tags")
        package static let topics = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/tag/{tag_name}"
        )
        package static let setLevel = Endpoint<TagNotificationRequest, SuccessReply>(
            .put,
            "/tag/{tag_name}/notifications"
        )

        static let signatures = [list.signature, topics.signature, setLevel.signature]
    }
}
