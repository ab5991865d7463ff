extension OperationName {
    /// By method and shape of the path. The documented ones have the names of Discourse's document.
    static let known: [String: OperationName] = [
        "GET /admin/backups": OperationName("getBackups", "List backups", "Backups"),
        "GET /admin/backups/{}": OperationName("downloadBackup", "Download backup", "Backups"),
        "POST /admin/backups": OperationName("createBackup", "Create backup", "Backups"),
        "PUT /admin/backups/{}": OperationName(
            "sendDownloadBackupEmail",
            "Send download backup email",
            "Backups"
        ),
        "DELETE /admin/badges/{}": OperationName("deleteBadge", "Delete badge", "Badges"),
        "GET /admin/badges": OperationName("adminListBadges", "List badges", "Badges"),
        "GET /user-badges/{}": OperationName("listUserBadges", "List badges for a user", "Badges"),
        "POST /admin/badges": OperationName("createBadge", "Create badge", "Badges"),
        "PUT /admin/badges/{}": OperationName("updateBadge", "Update badge", "Badges"),
        "DELETE /categories/{}": OperationName("deleteCategory", "Delete a category", "Categories"),
        "GET /c/{}": OperationName(
            "listCategoryTopicsById",
            "List topics of a category",
            "Categories"
        ),
        "GET /c/{}/l/latest": OperationName(
            "listCategoryLatestTopics",
            "List the latest topics of a category",
            "Categories"
        ),
        "GET /c/{}/show": OperationName("getCategory", "Show category", "Categories"),
        "GET /c/{}/{}": OperationName("listCategoryTopics", "List topics", "Categories"),
        "GET /c/{}/{}/{}": OperationName(
            "listSubcategoryTopics",
            "List topics of a subcategory",
            "Categories"
        ),
        "GET /categories": OperationName(
            "listCategories",
            "Retrieves a list of categories",
            "Categories"
        ),
        "POST /categories": OperationName("createCategory", "Creates a category", "Categories"),
        "POST /category/{}/notifications": OperationName(
            "setCategoryNotificationLevel",
            "Set the notification level of a category",
            "Categories"
        ),
        "PUT /categories/{}": OperationName("updateCategory", "Updates a category", "Categories"),
        "POST /admin/email/handle_mail": OperationName("handleMail", "Hand in a mail", "Email"),
        "GET /admin/email/smtp_should_reject": OperationName(
            "shouldRejectMail",
            "Ask whether a mail would be refused",
            "Email"
        ),
        "GET /discourse-post-event/events": OperationName(
            "listEvents",
            "List calendar events",
            "Events"
        ),
        "GET /discourse-post-event/events.ics": OperationName(
            "exportEventsICS",
            "Export calendar events in iCalendar format",
            "Events"
        ),
        "DELETE /admin/groups/{}": OperationName("deleteGroup", "Delete a group", "Groups"),
        "DELETE /groups/{}/members": OperationName(
            "removeGroupMembers",
            "Remove group members",
            "Groups"
        ),
        "GET /groups": OperationName("listGroups", "List groups", "Groups"),
        "GET /groups/by-id/{}": OperationName("getGroupById", "Get a group by id", "Groups"),
        "GET /groups/{}": OperationName("getGroup", "Get a group", "Groups"),
        "GET /groups/{}/members": OperationName("listGroupMembers", "List group members", "Groups"),
        "POST /admin/groups": OperationName("createGroup", "Create a group", "Groups"),
        "PUT /groups/{}": OperationName("updateGroup", "Update a group", "Groups"),
        "PUT /groups/{}/members": OperationName("addGroupMembers", "Add group members", "Groups"),
        "POST /invites": OperationName("createInvite", "Create an invite", "Invites"),
        "POST /invites/create-multiple": OperationName(
            "createMultipleInvites",
            "Create multiple invites",
            "Invites"
        ),
        "POST /message-bus/{}/poll": OperationName(
            "pollMessageBus",
            "Poll the live message bus",
            "Live"
        ),
        "GET /notifications": OperationName(
            "getNotifications",
            "Get the notifications that belong to the current user",
            "Notifications"
        ),
        "GET /notifications/totals": OperationName(
            "getNotificationTotals",
            "Count what is unread",
            "Notifications"
        ),
        "PUT /notifications/mark-read": OperationName(
            "markNotificationsAsRead",
            "Mark notifications as read",
            "Notifications"
        ),
        "DELETE /post_actions/{}": OperationName(
            "undoPostAction",
            "Take a like or another action back",
            "Posts"
        ),
        "DELETE /posts/{}": OperationName("deletePost", "Delete a single post", "Posts"),
        "GET /posts": OperationName("listPosts", "List latest posts across topics", "Posts"),
        "GET /posts/by_number/{}/{}": OperationName(
            "getPostByNumber",
            "Get a post by its number in a topic",
            "Posts"
        ),
        "GET /posts/{}": OperationName("getPost", "Retrieve a single post", "Posts"),
        "GET /posts/{}/replies": OperationName("postReplies", "List replies to a post", "Posts"),
        "POST /post_actions": OperationName(
            "performPostAction",
            "Like a post and other actions",
            "Posts"
        ),
        "POST /posts": OperationName(
            "createTopicPostPM",
            "Creates a new topic, a new post, or a private message",
            "Posts"
        ),
        "PUT /posts/{}": OperationName("updatePost", "Update a single post", "Posts"),
        "PUT /posts/{}/locked": OperationName("lockPost", "Lock a post from being edited", "Posts"),
        "PUT /posts/{}/recover": OperationName("recoverPost", "Bring a removed post back", "Posts"),
        "GET /topics/private-messages-new/{}": OperationName(
            "listNewPrivateMessages",
            "List private messages that are new",
            "Private Messages"
        ),
        "GET /topics/private-messages-sent/{}": OperationName(
            "getUserSentPrivateMessages",
            "Get a list of private messages sent for a user",
            "Private Messages"
        ),
        "GET /topics/private-messages-unread/{}": OperationName(
            "listUnreadPrivateMessages",
            "List private messages with unread posts",
            "Private Messages"
        ),
        "GET /topics/private-messages/{}": OperationName(
            "listUserPrivateMessages",
            "Get a list of private messages for a user",
            "Private Messages"
        ),
        "GET /search": OperationName("search", "Search for a term", "Search"),
        "GET /about": OperationName("getAbout", "Get what the site says about itself", "Site"),
        "GET /openapi": OperationName("getOpenAPI", "Get this document", "Site"),
        "GET /site": OperationName("getSite", "Get site info", "Site"),
        "GET /site/basic-info": OperationName("getSiteBasicInfo", "Get site basic info", "Site"),
        "GET /site/settings": OperationName("getSiteSettings", "Get settings for programs", "Site"),
        "GET /tag/{}": OperationName("getTag", "Get a specific tag", "Tags"),
        "GET /tag_groups": OperationName("listTagGroups", "Get a list of tag groups", "Tags"),
        "GET /tag_groups/{}": OperationName("getTagGroup", "Get a single tag group", "Tags"),
        "GET /tags": OperationName("listTags", "Get a list of tags", "Tags"),
        "POST /tag_groups": OperationName("createTagGroup", "Creates a tag group", "Tags"),
        "PUT /tag/{}/notifications": OperationName(
            "setTagNotificationLevel",
            "Set the notification level of a tag",
            "Tags"
        ),
        "PUT /tag_groups/{}": OperationName("updateTagGroup", "Update tag group", "Tags"),
        "DELETE /t/{}": OperationName("removeTopic", "Remove a topic", "Topics"),
        "GET /filter": OperationName("filterTopics", "List topics by a query", "Topics"),
        "GET /hot": OperationName("listHotTopics", "List hot topics", "Topics"),
        "GET /latest": OperationName("listLatestTopics", "Get the latest topics", "Topics"),
        "GET /new": OperationName(
            "listNewTopics",
            "List topics that are new to the reader",
            "Topics"
        ),
        "GET /raw/{}": OperationName("getRawTopic", "Read a topic as Markdown", "Topics"),
        "GET /t/external_id/{}": OperationName(
            "getTopicByExternalId",
            "Get topic by external_id",
            "Topics"
        ),
        "GET /t/{}": OperationName("getTopic", "Get a single topic", "Topics"),
        "GET /t/{}/posts": OperationName(
            "getSpecificPostsFromTopic",
            "Get specific posts from a topic",
            "Topics"
        ),
        "GET /t/{}/{}": OperationName(
            "getTopicBySlug",
            "Get a topic by slug and id, or at a post",
            "Topics"
        ),
        "GET /t/{}/{}/{}": OperationName("getTopicAtPost", "Get a topic at a post", "Topics"),
        "GET /top": OperationName(
            "listTopTopics",
            "Get the top topics filtered by period",
            "Topics"
        ),
        "GET /topics/created-by/{}": OperationName(
            "listTopicsByUser",
            "List the topics that somebody began",
            "Topics"
        ),
        "GET /unread": OperationName("listUnreadTopics", "List topics with unread posts", "Topics"),
        "POST /t/{}/invite": OperationName("inviteToTopic", "Invite to topic", "Topics"),
        "POST /t/{}/invite-group": OperationName(
            "inviteGroupToTopic",
            "Invite group to topic",
            "Topics"
        ),
        "POST /t/{}/notifications": OperationName(
            "setNotificationLevel",
            "Set notification level",
            "Topics"
        ),
        "POST /t/{}/timer": OperationName("createTopicTimer", "Create topic timer", "Topics"),
        "POST /topics/timings": OperationName(
            "recordTimings",
            "Record which posts were read",
            "Topics"
        ),
        "PUT /t/{}": OperationName("updateTopicById", "Update a topic by its id", "Topics"),
        "PUT /t/{}/bookmark": OperationName("bookmarkTopic", "Bookmark topic", "Topics"),
        "PUT /t/{}/change-timestamp": OperationName(
            "updateTopicTimestamp",
            "Update topic timestamp",
            "Topics"
        ),
        "PUT /t/{}/recover": OperationName("recoverTopic", "Bring a removed topic back", "Topics"),
        "PUT /t/{}/status": OperationName(
            "updateTopicStatus",
            "Update the status of a topic",
            "Topics"
        ),
        "PUT /t/{}/{}": OperationName("updateTopic", "Update a topic", "Topics"),
        "POST /uploads": OperationName("createUpload", "Creates an upload", "Uploads"),
        "POST /uploads/abort-multipart": OperationName(
            "abortMultipart",
            "Abort multipart upload",
            "Uploads"
        ),
        "POST /uploads/batch-presign-multipart-parts": OperationName(
            "batchPresignMultipartParts",
            "Generates batches of presigned URLs for multipart parts",
            "Uploads"
        ),
        "POST /uploads/complete-external-upload": OperationName(
            "completeExternalUpload",
            "Completes a direct external upload",
            "Uploads"
        ),
        "POST /uploads/complete-multipart": OperationName(
            "completeMultipart",
            "Complete multipart upload",
            "Uploads"
        ),
        "POST /uploads/create-multipart": OperationName(
            "createMultipartUpload",
            "Creates a multipart external upload",
            "Uploads"
        ),
        "POST /uploads/generate-presigned-put": OperationName(
            "generatePresignedPut",
            "Initiates a direct external upload",
            "Uploads"
        ),
        "DELETE /admin/users/{}": OperationName("deleteUser", "Delete a user", "Users"),
        "DELETE /session/{}": OperationName("logOut", "Log out", "Users"),
        "GET /admin/users": OperationName("adminListUsers", "List users", "Users"),
        "GET /admin/users/list/{}": OperationName(
            "adminListUsersFlag",
            "List users by flag",
            "Users"
        ),
        "GET /admin/users/{}": OperationName("adminGetUser", "Get a user by id", "Users"),
        "GET /directory_items": OperationName(
            "listUsersPublic",
            "Get a public list of users",
            "Users"
        ),
        "GET /session/csrf": OperationName("getCSRFToken", "Get a CSRF token", "Users"),
        "GET /session/current": OperationName(
            "getCurrentSession",
            "Get the user who is logged in",
            "Users"
        ),
        "GET /u/by-external/{}": OperationName(
            "getUserExternalId",
            "Get a user by external_id",
            "Users"
        ),
        "GET /u/by-external/{}/{}": OperationName(
            "getUserIdentiyProviderExternalId",
            "Get a user by identity provider external ID",
            "Users"
        ),
        "GET /u/{}": OperationName("getUser", "Get a single user by username", "Users"),
        "GET /u/{}/emails": OperationName(
            "getUserEmails",
            "Get email addresses belonging to a user",
            "Users"
        ),
        "GET /user_actions": OperationName(
            "listUserActions",
            "Get a list of user actions",
            "Users"
        ),
        "POST /admin/users/{}/log_out": OperationName("logOutUser", "Log a user out", "Users"),
        "POST /session": OperationName("logIn", "Log in with a password", "Users"),
        "POST /session/forgot_password": OperationName(
            "sendPasswordResetEmail",
            "Send password reset email",
            "Users"
        ),
        "POST /user_avatar/{}/refresh_gravatar": OperationName(
            "refreshGravatar",
            "Refresh gravatar",
            "Users"
        ),
        "POST /users": OperationName("createUser", "Creates a user", "Users"),
        "PUT /admin/users/{}/activate": OperationName("activateUser", "Activate a user", "Users"),
        "PUT /admin/users/{}/anonymize": OperationName(
            "anonymizeUser",
            "Anonymize a user",
            "Users"
        ),
        "PUT /admin/users/{}/deactivate": OperationName(
            "deactivateUser",
            "Deactivate a user",
            "Users"
        ),
        "PUT /admin/users/{}/silence": OperationName("silenceUser", "Silence a user", "Users"),
        "PUT /admin/users/{}/suspend": OperationName("suspendUser", "Suspend a user", "Users"),
        "PUT /u/{}": OperationName("updateUser", "Update a user", "Users"),
        "PUT /u/{}/preferences/avatar/pick": OperationName(
            "updateAvatar",
            "Update avatar",
            "Users"
        ),
        "PUT /u/{}/preferences/email": OperationName("updateEmail", "Update email", "Users"),
        "PUT /u/{}/preferences/username": OperationName(
            "updateUsername",
            "Update username",
            "Users"
        ),
        "PUT /users/password-reset/{}": OperationName("changePassword", "Change password", "Users"),
    ]
}
