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
}
