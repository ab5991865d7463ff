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
        package static let subcategoryTopics = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/c/{parent_slug}/{slug}/{category_id}"
        )

        package static let subcategoryFiltered = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/c/{parent_slug}/{slug}/{category_id}/l/{filter}"
        )
        package static let filtered = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/c/{slug}/{category_id}/l/{filter}"
        )
        package static let filteredBySlug = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/c/{slug}/l/{filter}"
        )
        package static let without = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/c/{slug}/{category_id}/none"
        )
        package static let withAll = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/c/{slug}/{category_id}/all"
        )
        package static let find = Endpoint<CategoryFindQuery, CategoriesReply>(
            .get,
            "/categories/find"
        )
        package static let search = Endpoint<CategorySearchQuery, CategorySearchReply>(
            .get,
            "/categories/search"
        )
        package static let postSearch = Endpoint<CategorySearchQuery, CategorySearchReply>(
            .post,
            "/categories/search"
        )
        package static let reorder = Endpoint<ReorderCategoriesRequest, SuccessReply>(
            .post,
            "/categories/reorder"
        )
        package static let setSlug = Endpoint<CategorySlugRequest, SuccessReply>(
            .put,
            "/category/{category_id}/slug"
        )
        package static let visibleGroups = Endpoint<NoBody, VisibleGroupsReply>(
            .get,
            "/c/{category_id}/visible_groups"
        )
        package static let andLatest = Endpoint<TopicListQuery, CategoriesAndTopicsReply>(
            .get,
            "/categories_and_latest"
        )
        package static let andTop = Endpoint<TopicListQuery, CategoriesAndTopicsReply>(
            .get,
            "/categories_and_top"
        )
        package static let andHot = Endpoint<TopicListQuery, CategoriesAndTopicsReply>(
            .get,
            "/categories_and_hot"
        )

        static let signatures = [
            subcategoryFiltered.signature, filtered.signature, filteredBySlug.signature,
            without.signature, withAll.signature, find.signature, search.signature,
            postSearch.signature, reorder.signature, setSlug.signature, visibleGroups.signature,
            andLatest.signature, andTop.signature, andHot.signature,
            list.signature, show.signature, create.signature, update.signature, delete.signature,
            setLevel.signature, topics.signature, topicsByID.signature,
            subcategoryTopics.signature,
        ]
    }
}
