import Testing

@testable import ForumAPI

struct WireTypeTests {
    private func survives<T: Codable & Equatable>(_ value: T) throws -> Bool {
        let json = try encodeJSON(value)
        // Strictly: whatever is written must be there when it is read.
        return try decodeReply(T.self, from: json) == value
            && decodeRequest(T.self, from: WireValue.parse(json: json)) == value
    }

    @Test func `replies are read as they are written`() throws {
        #expect(try survives(Samples.post))
        #expect(try survives(Samples.list))
        #expect(try survives(Samples.topic))
        #expect(try survives(Samples.categoryReply))
        #expect(
            try survives(CategoryListReply(categoryList: .init(categories: [Samples.category])))
        )
        #expect(try survives(Samples.site))
        #expect(try survives(Samples.user))
        #expect(try survives(Samples.search))
        #expect(try survives(Samples.notifications))
        #expect(try survives(TagListReply(tags: [TagBody(id: 1, text: "a", name: "a", count: 2)])))
        #expect(try survives(AboutReply(about: AboutBody(), users: [Samples.person])))
        #expect(try survives(BasicInfoBody(title: "Forum")))
        #expect(try survives(CurrentSessionReply(currentUser: CurrentUserBody())))
        #expect(try survives(LogInReply(error: "no", reason: "suspended")))
        #expect(try survives(NotificationTotalsReply(unreadNotifications: 1)))
        #expect(try survives(Samples.enqueuedPost))
        #expect(try survives(UpdateTopicStatusReply()))
        #expect(try survives(CreateUserReply(success: true, message: "m", userID: 5)))
        let message = BusMessageBody(
            globalID: 1,
            messageID: 2,
            channel: "/latest",
            data: ["a": [1]]
        )
        #expect(try survives(message))
        #expect(try survives(APIErrorBody(errors: ["x"], errorType: "rate_limit")))
    }

    @Test func `requests are read as they are sent`() throws {
        func arrives<T: Codable & Equatable>(_ value: T) throws -> Bool {
            let form = encodeForm(try formFields(value))
            let fromForm = try decodeRequest(T.self, from: WireValue.parse(form: form.utf8))
            let json = try encodeRequestJSON(value)
            let fromJSON = try decodeRequest(T.self, from: WireValue.parse(json: json))
            return fromForm == value && fromJSON == value
        }
        #expect(
            try arrives(CreatePostRequest(raw: "a\r\nb", title: "t", tags: ["x"], autoTrack: true))
        )
        #expect(try arrives(UpdatePostRequest(post: UpdatePostFields(raw: "é", editReason: "r"))))
        #expect(try arrives(DeletePostRequest(forceDestroy: true)))
        #expect(try arrives(UpdateTopicRequest(title: "t", topic: UpdateTopicFields(tags: ["a"]))))
        #expect(try arrives(UpdateTopicStatusRequest(status: "closed", enabled: true)))
        #expect(try arrives(NotificationLevelRequest(notificationLevel: 3)))
        #expect(
            try arrives(TagNotificationRequest(tagNotification: .init(notificationLevel: 2)))
        )
        #expect(try arrives(TimingsRequest(topicID: 1, topicTime: 9, timings: ["1": 5])))
        var category = CategoryRequest()
        category.name = "n"
        category.permissions = ["staff": 1]
        category.autoCloseHours = 1.5
        #expect(try arrives(category))
        #expect(try arrives(CreateUserRequest(username: "u", email: "e@example.org")))
        #expect(try arrives(LogInRequest(login: "u", password: "p w&=")))
        #expect(try arrives(CreatePostActionRequest(id: 1, postActionTypeID: 2)))
        #expect(try arrives(MarkNotificationsReadRequest(id: 4)))
        #expect(try arrives(HandleMailRequest(email: "From: a\r\n\r\nb")))
        #expect(try arrives(TopicListQuery(page: 2, order: "views", ascending: true, tags: ["a"])))
        #expect(try arrives(NotificationListQuery(recent: true, limit: 5)))
    }

    /// What discourse-reader takes from a post, a row and a topic; null where there is nothing.
    @Test(arguments: [
        "id", "post_number", "post_type", "cooked", "created_at", "updated_at", "reply_count",
        "quote_count", "incoming_link_count", "reads", "readers_count", "score", "topic_id",
        "topic_slug", "version", "hidden", "user_id", "username", "avatar_template", "user_title",
        "trust_level", "moderator", "admin", "staff", "reply_to_post_number", "deleted_at",
        "user_deleted", "wiki", "post_url", "posts_count", "primary_group_name", "flair_name",
        "flair_url", "flair_bg_color", "flair_color", "flair_group_id", "bookmarked", "edit_reason",
    ])
    func `a post always has`(key: String) throws {
        #expect(try WireValue.parse(json: encodeJSON(PostBody()))[key] != nil)
    }

    @Test(arguments: [
        "id", "title", "fancy_title", "slug", "archetype", "category_id", "posts_count",
        "reply_count", "highest_post_number", "like_count", "views", "created_at",
        "last_posted_at", "bumped_at", "bumped", "last_poster_username", "image_url", "visible",
        "closed", "archived", "pinned", "pinned_globally", "unpinned", "bookmarked", "liked",
        "unseen", "featured_link", "has_summary", "posters", "tags",
    ])
    func `a row always has`(key: String) throws {
        #expect(try WireValue.parse(json: encodeJSON(ListedTopicBody()))[key] != nil)
    }

    @Test(arguments: [
        "word_count", "pinned_at", "pinned_until", "participant_count", "chunk_size", "user_id",
        "deleted_at", "show_read_indicator", "slow_mode_seconds", "current_post_number",
        "post_stream", "highest_post_number", "last_posted_at", "image_url",
    ])
    func `a topic always has`(key: String) throws {
        #expect(try WireValue.parse(json: encodeJSON(TopicBody()))[key] != nil)
    }

    @Test(.enabled(if: SchemaChecker.isThere, "the published document is not beside this checkout"))
    func `replies have the published shapes`() throws {
        let checker = try SchemaChecker()
        var problems: [String] = []
        func check(_ operation: String, _ reply: some Encodable) throws {
            problems += try checker.problems(reply, of: operation)
        }
        try check("getSite", Samples.site)
        try check("getSiteBasicInfo", BasicInfoBody(title: "Forum"))
        try check(
            "listCategories",
            CategoryListReply(categoryList: .init(categories: [Samples.category]))
        )
        try check("getCategory", Samples.categoryReply)
        try check("createCategory", Samples.categoryReply)
        try check("updateCategory", Samples.categoryReply)
        try check("listCategoryTopics", Samples.list)
        try check("listLatestTopics", Samples.list)
        try check("listTopTopics", Samples.list)
        try check("getTag", Samples.list)
        try check("getTopic", Samples.topic)
        let stream = PostStreamBody(posts: [Samples.post])
        try check("getSpecificPostsFromTopic", TopicPostsReply(postStream: stream, id: 7))
        try check("listPosts", LatestPostsReply(latestPosts: [Samples.post]))
        try check("getPost", Samples.post)
        try check("createTopicPostPM", Samples.post)
        try check("updatePost", UpdatePostReply(post: Samples.post))
        var answered = Samples.post
        answered.replyToPostNumber = 1
        try check("postReplies", [answered])
        try check("performPostAction", Samples.post)
        try check("search", Samples.search)
        try check("listTags", TagListReply(tags: [TagBody(id: 1, text: "a", name: "a", count: 2)]))
        try check("getUser", Samples.user)
        try check("createUser", CreateUserReply(success: true, message: "m", userID: 5))
        try check("getNotifications", Samples.notifications)
        try check("markNotificationsAsRead", SuccessReply())
        try check("setNotificationLevel", SuccessReply())
        try check(
            "updateTopic",
            UpdateTopicReply(basicTopic: BasicTopicBody(id: 7, title: "Hello"))
        )
        try check("updateTopicStatus", UpdateTopicStatusReply())
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }

    @Test(.enabled(if: SchemaChecker.isThere))
    func `the comparison notices what is missing or wrong`() throws {
        let checker = try SchemaChecker()
        #expect(try checker.problems(SuccessReply(), of: "getTopic").count > 10)
        var topic = Samples.topic
        topic.lastPostedAt = nil
        #expect(try checker.problems(["id": "x"], of: "getPost").contains { $0.contains("\"x\"") })
        #expect(try checker.problems(topic, of: "getTopic").isEmpty)
    }
}
