/// Tags that belong together.
package struct TagGroupBody: Codable, Sendable, Equatable {
    package var id: Int
    package var name: String
    package var tags: [TagReferenceBody] = []
    /// Empty, or the one tag that its tags need.
    package var parentTag: [TagReferenceBody] = []
    @IfPresent package var tagNames: [String]?
    @IfPresent package var parentTagName: [String]?
    package var onePerTopic: Bool = false
    /// Name of a group → 1 use and see, 3 see.
    package var permissions: [String: Int] = [:]

    package init(id: Int, name: String) {
        self.id = id
        self.name = name
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case tags
        case parentTag = "parent_tag"
        case tagNames = "tag_names"
        case parentTagName = "parent_tag_name"
        case onePerTopic = "one_per_topic"
        case permissions
    }
}

/// `GET /tag_groups`.
package struct TagGroupListReply: Codable, Sendable, Equatable {
    package var tagGroups: [TagGroupBody]

    package init(tagGroups: [TagGroupBody]) {
        self.tagGroups = tagGroups
    }

    private enum CodingKeys: String, CodingKey {
        case tagGroups = "tag_groups"
    }
}

/// `GET /tag_groups/{id}`, `POST /tag_groups`; with `success` also `PUT /tag_groups/{id}`.
package struct TagGroupReply: Codable, Sendable, Equatable {
    @IfPresent package var success: String?
    package var tagGroup: TagGroupBody

    package init(success: String? = nil, tagGroup: TagGroupBody) {
        self.success = success
        self.tagGroup = tagGroup
    }

    private enum CodingKeys: String, CodingKey {
        case success
        case tagGroup = "tag_group"
    }
}

/// `GET /tag_groups/filter/search`.
package struct TagGroupSearchReply: Codable, Sendable, Equatable {
    package var results: [TagGroupBody]

    package init(results: [TagGroupBody]) {
        self.results = results
    }
}
