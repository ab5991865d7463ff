/// Everything that can happen to the model.
package enum Message: Sendable, Hashable {
    case resized(Size)
    /// Seconds since 1970, UTC.
    case clock(Int64)
    case key(Key)
    case pasted(String)
    case siteLoaded(SiteInfo)
    case topicsLoaded(TopicListKind, page: Int, TopicPage)
    case topicLoaded(TopicDetail, near: Int?)
    case postsLoaded(topic: Int, posts: [Post])
    case rawLoaded(post: Int, raw: String)
    /// New posts stand at the end of a topic.
    case postsArrived(topic: Int, ids: [Int], posts: [Post])
    /// A post was edited, liked or deleted.
    case postChanged(topic: Int, post: Post)
    /// Somebody wrote in a topic of the site.
    case topicBumped(id: Int, highestNumber: Int, poster: String?)
    case draftLoaded(DraftKey, Draft?)
    case draftNotSaved(DraftKey, reason: String)
    case editorClosed(DraftKey, text: String)
    case submitted(DraftKey, topic: Int, postNumber: Int, isPending: Bool)
    case loggedIn(username: String)
    /// The password was right and a code from the second factor is needed.
    case codeNeeded
    case loggedOut
    case levelSet(topic: Int, TrackingLevel)
    case postDeleted(topic: Int, post: Int)
    case postRecovered(topic: Int, post: Int)
    case notificationsLoaded([NotificationRow])
    /// An effect could not be carried out.
    case failed(Effect, Failure)
    /// Whether the live connection to the site stands.
    case connected(Bool)
    case notice(String)
}
