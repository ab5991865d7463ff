/// `PUT /tag/{name}`.
package struct TagUpdateRequest: Codable, Sendable, Equatable {
    package var tag: TagFieldsRequest?
    /// The same without the wrapping, as some clients send it.
    package var name: String?
    package var description: String?

    package init(
        tag: TagFieldsRequest? = nil,
        name: String? = nil,
        description: String? = nil
    ) {
        self.tag = tag
        self.name = name
        self.description = description
    }
}

package struct TagFieldsRequest: Codable, Sendable, Equatable {
    package var id: String?
    package var name: String?
    package var description: String?

    package init(id: String? = nil, name: String? = nil, description: String? = nil) {
        self.id = id
        self.name = name
        self.description = description
    }
}

/// `POST /tag/{name}/synonyms`.
package struct TagSynonymsRequest: Codable, Sendable, Equatable {
    package var synonyms: [String]

    package init(synonyms: [String]) {
        self.synonyms = synonyms
    }
}

/// The query of `GET /tags/filter/search`.
package struct TagSearchQuery: Codable, Sendable, Equatable {
    package var query: String?
    package var limit: Int?
    /// Only tags that topics of this category may carry.
    package var categoryID: Int?
    package var selectedTags: [String]?
    package var filterForInput: Bool?
    package var excludeSynonyms: Bool?

    package init(
        query: String? = nil,
        limit: Int? = nil,
        categoryID: Int? = nil,
        selectedTags: [String]? = nil,
        filterForInput: Bool? = nil,
        excludeSynonyms: Bool? = nil
    ) {
        self.query = query
        self.limit = limit
        self.categoryID = categoryID
        self.selectedTags = selectedTags
        self.filterForInput = filterForInput
        self.excludeSynonyms = excludeSynonyms
    }

    private enum CodingKeys: String, CodingKey {
        case query = "q"
        case limit
        case categoryID = "categoryId"
        case selectedTags = "selected_tags"
        case filterForInput
        case excludeSynonyms
    }
}

/// `POST /tags/bulk_create`.
package struct CreateTagsRequest: Codable, Sendable, Equatable {
    package var tagNames: [String]

    package init(tagNames: [String]) {
        self.tagNames = tagNames
    }

    private enum CodingKeys: String, CodingKey {
        case tagNames = "tag_names"
    }
}

/// `POST /tag_groups`, `PUT /tag_groups/{id}`. What a change leaves out stays as it is.
package struct TagGroupRequest: Codable, Sendable, Equatable {
    /// Must be there when a tag group is created.
    package var name: String?
    package var tagNames: [String]?
    /// The tags as objects, as newer clients send them.
    package var tags: [TagReferenceBody]?
    /// One name, in a list; an empty list takes the parent away.
    package var parentTagName: [String]?
    package var parentTag: [TagReferenceBody]?
    package var onePerTopic: Bool?
    /// Name or number of a group → 1 use and see, 3 see.
    package var permissions: [String: Int]?

    package init(
        name: String? = nil,
        tagNames: [String]? = nil,
        tags: [TagReferenceBody]? = nil,
        parentTagName: [String]? = nil,
        parentTag: [TagReferenceBody]? = nil,
        onePerTopic: Bool? = nil,
        permissions: [String: Int]? = nil
    ) {
        self.name = name
        self.tagNames = tagNames
        self.tags = tags
        self.parentTagName = parentTagName
        self.parentTag = parentTag
        self.onePerTopic = onePerTopic
        self.permissions = permissions
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case tagNames = "tag_names"
        case tags
        case parentTagName = "parent_tag_name"
        case parentTag = "parent_tag"
        case onePerTopic = "one_per_topic"
        case permissions
    }
}

/// The query of `GET /tag_groups/filter/search`.
package struct TagGroupSearchQuery: Codable, Sendable, Equatable {
    package var query: String?
    package var names: [String]?
    package var limit: Int?

    package init(query: String? = nil, names: [String]? = nil, limit: Int? = nil) {
        self.query = query
        self.names = names
        self.limit = limit
    }

    private enum CodingKeys: String, CodingKey {
        case query = "q"
        case names
        case limit
    }
}
