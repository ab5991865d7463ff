/// A word that topics are found by, across categories.
package struct Tag: Sendable, Equatable {
    package let id: TagID
    package let name: String
    package let slug: String
    package let description: String?
    /// Topics with the tag that the viewer may read.
    package let topicCount: Int
    /// The viewer's notification level; 1 when not chosen.
    package let notificationLevel: Int
    /// How posts with it come to the viewer.
    package let delivery: Delivery
    /// The tag that this one is a synonym of.
    package let targetID: TagID?
    package let targetName: String?
    /// Members cannot put it on topics.
    package let isStaffOnly: Bool
}

/// What `GET /tag/{name}/info` tells beside the tag.
package struct TagInfo: Sendable, Equatable {
    package let tag: Tag
    package let synonyms: [TagCard]
    /// Of the groups that the viewer may know of.
    package let groupNames: [String]
    /// The categories that keep the tag to themselves, as far as the viewer may know of them.
    package let categoryIDs: [CategoryID]
}

/// Tags that belong together.
package struct TagGroup: Sendable, Equatable {
    package let id: TagGroupID
    package let name: String
    package let parent: TagCard?
    /// A topic carries one of its tags at most.
    package let isOnePerTopic: Bool
    package var tags: [TagCard]
    /// Name of a group → 1 use and see, 3 see.
    package var permissions: [String: Int]
}

/// What a tag group is given; `nil` leaves it as it is.
package struct TagGroupFields: Sendable {
    package var name: String?
    package var tagNames: [String]?
    /// Empty takes the parent away.
    package var parentTagName: String?
    package var isOnePerTopic: Bool?
    /// By name or number of a group.
    package var permissions: [String: Int]?

    package init() {}
}
