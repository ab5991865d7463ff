package import Postgres

/// A place for topics, with its own permissions.
package struct Category: Sendable, Equatable {
    package let id: CategoryID
    package let name: String
    package let slug: String
    /// Six hexadecimal digits without `#`.
    package let color: String
    package let textColor: String
    package let descriptionRaw: String?
    package let descriptionCooked: String?
    package let parentID: CategoryID?
    package let parentSlug: String?
    package let position: Int
    package let topicID: TopicID?
    package let topicSlug: String?
    package let topicCount: Int
    package let postCount: Int
    package let isReadRestricted: Bool
    /// The address that mail to the category goes to; several stand with `|` between them.
    package let emailIn: String?
    package let emailInAllowStrangers: Bool
    package let isMailingListMirror: Bool
    package let listID: String?
    package let defaultView: String?
    package let topicTemplate: String?
    package let minimumRequiredTags: Int
    package let numFeaturedTopics: Int
    package let createdAt: Timestamp
    /// What the viewer may do: 1 create, reply and see; 2 reply and see; 3 see; `nil` for a visitor,
    /// who can only read.
    package let permission: Int?
    /// The viewer's notification level; 1 when not chosen.
    package let notificationLevel: Int
    /// How its posts come to the viewer.
    package let delivery: Delivery
    /// When something was last written there that the viewer may read.
    package let lastActivityAt: Timestamp?
    package let topicsDay: Int
    package let topicsWeek: Int
    package let topicsMonth: Int
    package let topicsYear: Int
    /// Subcategories the viewer may know of, by position.
    package var subcategoryIDs: [CategoryID]
    package let canEdit: Bool
    package let settings: CategorySettings

    /// The path of the "About" topic, when there is one (Discourse's topic_url).
    package var topicURL: String? {
        guard let topicID else { return nil }
        return "/t/\(topicSlug ?? "topic")/\(topicID)"
    }

    /// The path of the category, such as `/c/parent/child/12`.
    package var url: String {
        let path = parentSlug.map { "\($0)/\(slug)" } ?? slug
        return "/c/\(path)/\(id)"
    }

    package var hasChildren: Bool { !subcategoryIDs.isEmpty }
    package var canCreateTopics: Bool { permission == 1 }
}

/// What one group may do in a category: 1 create, reply and see; 2 reply and see; 3 see.
package struct CategoryPermission: Sendable, Equatable {
    package let groupID: GroupID
    package let groupName: String
    package let permission: Int
}
