/// Tags and their topics.
extension API {
    package enum Tags {
        package static let list = Endpoint<NoBody, TagListReply>(.get, "/tags")
        package static let topics = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/tag/{tag_name}"
        )
        /// The name, or the slug with the number, as newer addresses have it.
        package static let topicsByID = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/tag/{tag_name}/{tag_id}"
        )
        package static let filteredTopics = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/tag/{tag_name}/l/{filter}"
        )
        package static let inCategory = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/tags/c/{category_slug}/{tag_name}"
        )
        /// Also with the slug of the parent in the place of the number.
        package static let inCategoryByID = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/tags/c/{category_slug}/{category_id}/{tag_name}"
        )
        package static let inSubcategory = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/tags/c/{parent_slug}/{category_slug}/{category_id}/{tag_name}"
        )
        package static let inCategoryFiltered = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/tags/c/{category_slug}/{category_id}/{tag_name}/l/{filter}"
        )
        package static let intersection = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/tags/intersection/{tag_name}/{other_tag}"
        )
        package static let info = Endpoint<NoBody, TagInfoReply>(.get, "/tag/{tag_name}/info")
        package static let update = Endpoint<TagUpdateRequest, TagReply>(
            .put,
            "/tag/{tag_name}"
        )
        package static let delete = Endpoint<NoBody, SuccessReply>(.delete, "/tag/{tag_name}")
        package static let addSynonyms = Endpoint<TagSynonymsRequest, SuccessReply>(
            .post,
            "/tag/{tag_name}/synonyms"
        )
        package static let removeSynonym = Endpoint<NoBody, SuccessReply>(
            .delete,
            "/tag/{tag_name}/synonyms/{synonym}"
        )
        package static let search = Endpoint<TagSearchQuery, TagSearchReply>(
            .get,
            "/tags/filter/search"
        )
        package static let unused = Endpoint<NoBody, UnusedTagsReply>(.get, "/tags/unused")
        package static let deleteUnused = Endpoint<NoBody, SuccessReply>(
            .delete,
            "/tags/unused"
        )
        package static let create = Endpoint<CreateTagsRequest, CreateTagsReply>(
            .post,
            "/tags/bulk_create"
        )
        package static let ofMessages = Endpoint<NoBody, MessageTagsReply>(
            .get,
            "/tags/personal_messages/{username}"
        )
        package static let level = Endpoint<NoBody, TagNotificationReply>(
            .get,
            "/tag/{tag_name}/notifications"
        )
        package static let setLevel = Endpoint<TagNotificationRequest, TagNotificationReply>(
            .put,
            "/tag/{tag_name}/notifications"
        )

        static let signatures = [
            list.signature, topics.signature, topicsByID.signature, filteredTopics.signature,
            inCategory.signature, inCategoryByID.signature, inSubcategory.signature,
            inCategoryFiltered.signature, intersection.signature, info.signature,
            update.signature, delete.signature, addSynonyms.signature, removeSynonym.signature,
            search.signature, unused.signature, deleteUnused.signature, create.signature,
            ofMessages.signature, level.signature, setLevel.signature,
        ]
    }

    package enum TagGroups {
        package static let list = Endpoint<NoBody, TagGroupListReply>(.get, "/tag_groups")
        package static let show = Endpoint<NoBody, TagGroupReply>(
            .get,
            "/tag_groups/{tag_group_id}"
        )
        package static let create = Endpoint<TagGroupRequest, TagGroupReply>(
            .post,
            "/tag_groups"
        )
        package static let update = Endpoint<TagGroupRequest, TagGroupReply>(
            .put,
            "/tag_groups/{tag_group_id}"
        )
        package static let delete = Endpoint<NoBody, SuccessReply>(
            .delete,
            "/tag_groups/{tag_group_id}"
        )
        package static let search = Endpoint<TagGroupSearchQuery, TagGroupSearchReply>(
            .get,
            "/tag_groups/filter/search"
        )

        static let signatures = [
            list.signature, show.signature, create.signature, update.signature,
            delete.signature, search.signature,
        ]
    }
}
