/// A topic with some of its posts.
package struct TopicDetail: Sendable, Hashable, Codable {
    package var id: Int
    package var title: String
    package var categoryID: Int?
    package var tags: [String] = []
    package var postsCount: Int
    package var highestNumber: Int
    /// The number of the last post that was read; nil for guests and for topics never opened.
    package var lastRead: Int?
    package var isClosed = false
    package var isArchived = false
    package var canReply = false
    package var level: TrackingLevel?
    package var reason: TrackingReason?
    package var bookmarkID: Int?
    package var isPinned = false
    package var isListed = true
    package var permissions = TopicPermissions()
    /// Who takes part, with their number of posts.
    package var participants: [String] = []
    package var views = 0
    /// The ids of all posts, in order.
    package var stream: [Int]
    package var posts: [Post]

    package init(id: Int, title: String, stream: [Int], posts: [Post]) {
        self.id = id
        self.title = title
        self.stream = stream
        self.posts = posts
        postsCount = stream.count
        highestNumber = posts.map(\.number).max() ?? stream.count
    }
}
