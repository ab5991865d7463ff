/// `POST /drafts`.
package struct SaveDraftRequest: Codable, Sendable, Equatable {
    /// `topic_12`, `new_topic`, `new_private_message`.
    package var draftKey: String
    /// Text, usually JSON; an object is kept as its JSON.
    package var data: WireValue
    /// The number that the last answer gave.
    package var sequence: Int?
    package var owner: String?
    package var forceSave: Bool?

    package init(
        draftKey: String,
        data: WireValue,
        sequence: Int? = nil,
        owner: String? = nil,
        forceSave: Bool? = nil
    ) {
        self.draftKey = draftKey
        self.data = data
        self.sequence = sequence
        self.owner = owner
        self.forceSave = forceSave
    }

    private enum CodingKeys: String, CodingKey {
        case draftKey = "draft_key"
        case data
        case sequence
        case owner
        case forceSave = "force_save"
    }
}

/// `POST /drafts`.
package struct SaveDraftReply: Codable, Sendable, Equatable {
    package var success: String = "OK"
    package var draftSequence: Int

    package init(
        success: String = "OK",
        draftSequence: Int
    ) {
        self.success = success
        self.draftSequence = draftSequence
    }

    private enum CodingKeys: String, CodingKey {
        case success
        case draftSequence = "draft_sequence"
    }
}

/// `GET /drafts/{key}`.
package struct DraftReply: Codable, Sendable, Equatable {
    package var draft: String?
    package var draftSequence: Int

    package init(
        draft: String? = nil,
        draftSequence: Int
    ) {
        self.draft = draft
        self.draftSequence = draftSequence
    }

    private enum CodingKeys: String, CodingKey {
        case draft
        case draftSequence = "draft_sequence"
    }
}

/// The query of `GET /drafts`, of one and of its deletion.
package struct DraftQuery: Codable, Sendable, Equatable {
    package var offset: Int?
    package var limit: Int?
    package var sequence: Int?
    package var draftKey: String?

    package init(
        offset: Int? = nil,
        limit: Int? = nil,
        sequence: Int? = nil,
        draftKey: String? = nil
    ) {
        self.offset = offset
        self.limit = limit
        self.sequence = sequence
        self.draftKey = draftKey
    }

    private enum CodingKeys: String, CodingKey {
        case offset
        case limit
        case sequence
        case draftKey = "draft_key"
    }
}

/// `GET /drafts`.
package struct DraftListReply: Codable, Sendable, Equatable {
    package var drafts: [ListedDraftBody]

    package init(
        drafts: [ListedDraftBody]
    ) {
        self.drafts = drafts
    }

    private enum CodingKeys: String, CodingKey {
        case drafts
    }
}

package struct ListedDraftBody: Codable, Sendable, Equatable {
    package var draftKey: String
    package var sequence: Int
    package var createdAt: String
    package var data: String
    package var excerpt: String?
    package var username: String
    package var draftUsername: String
    package var avatarTemplate: String
    package var userID: Int
    package var topicID: Int?
    package var title: String?
    package var slug: String?
    package var categoryID: Int?
    package var closed: Bool?
    package var archived: Bool?
    package var archetype: String?

    package init(
        draftKey: String,
        sequence: Int,
        createdAt: String,
        data: String,
        excerpt: String? = nil,
        username: String,
        draftUsername: String,
        avatarTemplate: String,
        userID: Int,
        topicID: Int? = nil,
        title: String? = nil,
        slug: String? = nil,
        categoryID: Int? = nil,
        closed: Bool? = nil,
        archived: Bool? = nil,
        archetype: String? = nil
    ) {
        self.draftKey = draftKey
        self.sequence = sequence
        self.createdAt = createdAt
        self.data = data
        self.excerpt = excerpt
        self.username = username
        self.draftUsername = draftUsername
        self.avatarTemplate = avatarTemplate
        self.userID = userID
        self.topicID = topicID
        self.title = title
        self.slug = slug
        self.categoryID = categoryID
        self.closed = closed
        self.archived = archived
        self.archetype = archetype
    }

    private enum CodingKeys: String, CodingKey {
        case draftKey = "draft_key"
        case sequence
        case createdAt = "created_at"
        case data
        case excerpt
        case username
        case draftUsername = "draft_username"
        case avatarTemplate = "avatar_template"
        case userID = "user_id"
        case topicID = "topic_id"
        case title
        case slug
        case categoryID = "category_id"
        case closed
        case archived
        case archetype
    }
}
