/// `POST /posts`: a reply (`topic_id`), a topic (`title`) or a message between people.
package struct CreatePostRequest: Codable, Sendable, Equatable {
    package var raw: String
    package var title: String?
    package var topicID: Int?
    package var category: Int?
    package var tags: [String]?
    /// Usernames and groups, by comma, of a message between people.
    package var targetRecipients: String?
    /// The older name of `target_recipients`.
    package var targetUsernames: String?
    /// Older names for parts of `target_recipients`.
    package var targetGroupNames: String?
    package var targetEmails: String?
    /// `regular` or `private_message`.
    package var archetype: String?
    /// Only administrators.
    package var createdAt: String?
    package var replyToPostNumber: Int?
    package var embedURL: String?
    package var externalID: String?
    package var autoTrack: Bool?
    /// Also a reply without bumping the topic; staff only.
    package var noBump: Bool?
    package var whisper: Bool?
    /// Milliseconds at the keyboard, by which Discourse tells robots.
    package var typingDurationMsecs: Int?
    package var composerOpenDurationMsecs: Int?
    package var draftKey: String?
    package var nestedPost: Bool?

    package init(
        raw: String,
        title: String? = nil,
        topicID: Int? = nil,
        category: Int? = nil,
        tags: [String]? = nil,
        targetRecipients: String? = nil,
        targetUsernames: String? = nil,
        archetype: String? = nil,
        createdAt: String? = nil,
        replyToPostNumber: Int? = nil,
        embedURL: String? = nil,
        externalID: String? = nil,
        autoTrack: Bool? = nil,
        noBump: Bool? = nil,
        whisper: Bool? = nil,
        typingDurationMsecs: Int? = nil,
        composerOpenDurationMsecs: Int? = nil,
        draftKey: String? = nil,
        nestedPost: Bool? = nil
    ) {
        self.raw = raw
        self.title = title
        self.topicID = topicID
        self.category = category
        self.tags = tags
        self.targetRecipients = targetRecipients
        self.targetUsernames = targetUsernames
        self.archetype = archetype
        self.createdAt = createdAt
        self.replyToPostNumber = replyToPostNumber
        self.embedURL = embedURL
        self.externalID = externalID
        self.autoTrack = autoTrack
        self.noBump = noBump
        self.whisper = whisper
        self.typingDurationMsecs = typingDurationMsecs
        self.composerOpenDurationMsecs = composerOpenDurationMsecs
        self.draftKey = draftKey
        self.nestedPost = nestedPost
    }

    private enum CodingKeys: String, CodingKey {
        case raw
        case title
        case topicID = "topic_id"
        case category
        case tags
        case targetRecipients = "target_recipients"
        case targetUsernames = "target_usernames"
        case targetGroupNames = "target_group_names"
        case targetEmails = "target_emails"
        case archetype
        case createdAt = "created_at"
        case replyToPostNumber = "reply_to_post_number"
        case embedURL = "embed_url"
        case externalID = "external_id"
        case autoTrack = "auto_track"
        case noBump = "no_bump"
        case whisper
        case typingDurationMsecs = "typing_duration_msecs"
        case composerOpenDurationMsecs = "composer_open_duration_msecs"
        case draftKey = "draft_key"
        case nestedPost = "nested_post"
    }
}

/// `PUT /posts/{id}`.
package struct UpdatePostRequest: Codable, Sendable, Equatable {
    package var post: UpdatePostFields?
    /// The text one level up, as some clients send it.
    package var raw: String?
    package var editReason: String?
    package var bypassBump: Bool?

    package init(
        post: UpdatePostFields? = nil,
        raw: String? = nil,
        editReason: String? = nil,
        bypassBump: Bool? = nil
    ) {
        self.post = post
        self.raw = raw
        self.editReason = editReason
        self.bypassBump = bypassBump
    }

    private enum CodingKeys: String, CodingKey {
        case post
        case raw
        case editReason = "edit_reason"
        case bypassBump = "bypass_bump"
    }
}

package struct UpdatePostFields: Codable, Sendable, Equatable {
    package var raw: String?
    package var editReason: String?
    /// The text before the edit; the edit is refused (409) when it is another by now.
    package var originalText: String?

    package init(
        raw: String? = nil,
        editReason: String? = nil,
        originalText: String? = nil
    ) {
        self.raw = raw
        self.editReason = editReason
        self.originalText = originalText
    }

    private enum CodingKeys: String, CodingKey {
        case raw
        case editReason = "edit_reason"
        case originalText = "original_text"
    }
}

/// `DELETE /posts/{id}`.
package struct DeletePostRequest: Codable, Sendable, Equatable {
    /// Out of the database, not only out of sight.
    package var forceDestroy: Bool?
    package var context: String?

    package init(
        forceDestroy: Bool? = nil,
        context: String? = nil
    ) {
        self.forceDestroy = forceDestroy
        self.context = context
    }

    private enum CodingKeys: String, CodingKey {
        case forceDestroy = "force_destroy"
        case context
    }
}

/// The query of `GET /posts`.
package struct LatestPostsQuery: Codable, Sendable, Equatable {
    /// Only posts with this id and the 50 before it.
    package var before: Int?

    package init(
        before: Int? = nil
    ) {
        self.before = before
    }

    private enum CodingKeys: String, CodingKey {
        case before
    }
}

/// The query of `GET /posts/{id}` and of its replies.
package struct PostQuery: Codable, Sendable, Equatable {
    package var includeRaw: Bool?
    /// Replies after this post number.
    package var after: Int?

    package init(
        includeRaw: Bool? = nil,
        after: Int? = nil
    ) {
        self.includeRaw = includeRaw
        self.after = after
    }

    private enum CodingKeys: String, CodingKey {
        case includeRaw = "include_raw"
        case after
    }
}
