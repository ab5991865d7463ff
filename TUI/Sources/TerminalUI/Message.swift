/// Everything that can happen to the model.
package enum Message: Sendable, Hashable {
    case resized(Size)
    /// Seconds since 1970, UTC.
    case clock(Int64)
    case key(Key)
    case mouse(Mouse)
    case pasted(String)
    case siteLoaded(SiteInfo)
    case topicsLoaded(TopicListKind, page: Int, TopicPage)
    case topicLoaded(TopicDetail, near: Int?)
    case postsLoaded(topic: Int, posts: [Post])
    /// The numbers of the posts of a topic that hold the words.
    case foundInTopic(topic: Int, words: String, numbers: [Int])
    case rawLoaded(post: Int, raw: String)
    /// New posts stand at the end of a topic.
    case postsArrived(topic: Int, ids: [Int], posts: [Post])
    /// A post was edited, liked or deleted.
    case postChanged(topic: Int, post: Post)
    /// Somebody wrote in a topic of the site.
    case topicBumped(id: Int, highestNumber: Int, poster: String?)
    case draftLoaded(DraftKey, Draft?)
    case limitsLoaded(PostLimits)
    /// The site has a later draft than this one; both are kept.
    case draftConflict(DraftKey, Draft)
    case draftNotSaved(DraftKey, reason: String)
    /// A draft is safe on this machine.
    case draftSaved(DraftKey)
    /// The site has this draft too.
    case draftShared(DraftKey, Draft)
    case editorClosed(DraftKey, text: String)
    case submitted(DraftKey, topic: Int, postNumber: Int, isPending: Bool)
    /// A post is kept on this machine until `due`, in seconds since 1970, and goes out then.
    case held(DraftKey, id: String, due: Int64)
    case takenBack(id: String)
    case delivered(id: String, topic: Int, postNumber: Int, isPending: Bool)
    /// A post that was held stays in the queue.
    case notDelivered(id: String, Failure)
    /// A post waits on this machine for the network.
    case queued(DraftKey)
    /// Posts that wait here for the network.
    case queueCounted(Int)
    case completed(prefix: String, [String])
    case similarFound(title: String, [TopicRow])
    case uploading(DraftKey, name: String, percent: Int)
    case uploaded(DraftKey, markdown: String)
    case loggedIn(username: String)
    /// The password was right and a code from the second factor is needed.
    case codeNeeded
    /// The site waits for a word in a browser.
    case approvalNeeded(LoginApproval)
    case loggedOut
    /// What waits for the member on the whole site.
    case waitingLoaded(WaitingTopics)
    /// A followed topic has posts to read, or a topic is new.
    case topicWaits(id: Int, highestNumber: Int, category: Int?, isNew: Bool)
    case levelSet(Followed, TrackingLevel, delivery: Delivery? = nil)
    case bookmarked(BookmarkChange, id: Int?)
    case flagged(topic: Int, Post)
    case moderated(Moderation)
    case dismissed([Int])
    case unreadFound(TopicListKind, [TopicRow])
    /// What was unread on the site a moment ago, found out before it is asked for.
    case unreadAhead([TopicRow])
    case choicesLoaded(ChoiceSource, [Choice])
    case personLoaded(Person)
    case reviewLoaded([ReviewItem])
    case reviewed(ReviewDecision)
    case postDeleted(topic: Int, post: Int)
    case postRecovered(topic: Int, post: Int)
    case notificationsLoaded([NotificationRow])
    /// The number of notifications that the member has not read.
    case notificationsCounted(Int)
    case textForClipboard(String)
    case textForCommand(String, String)
    /// A request takes longer than one waits without a word; then, that it was answered.
    case requestIsSlow(Bool)
    /// An effect could not be carried out.
    case failed(Effect, Failure)
    /// Whether the live connection to the site stands.
    case connected(Bool)
    case notice(String)
}

/// What a mouse does.
package enum Mouse: Sendable, Hashable {
    case wheel(lines: Int)
    case click(Position)
}
