/// The bounds of topics, posts, likes and search that are nobody's setting.
extension Limits {
    /// How long authors may delete their topic, while nobody has replied.
    static let ownTopicDeletionSeconds = 86_400
    static let undoLikeSeconds = 600
    /// Likes a member may give in 24 hours; trust levels 2, 3 and 4 have 1.5, 2 and 3 times as many.
    static let likesPerDay = 50
    /// Posts that wait for a thread to cook them; more are refused as overload.
    static let cookingQueue = 500
    static let cookingThreads = 2
    /// How far `page` of a list reaches; beyond it every page is empty.
    static let listRowsMax = 100_000
    /// From how many of the most recently active topics a list in another order is made.
    static let sortedTopicsMax = 20_000
    static let pinnedTopicsMax = 100
    /// Tags, categories, people or groups that one list is narrowed to.
    static let tagConditionsMax = 20
    /// Demands on the topics of one list.
    static let listConditionsMax = 30
    static let filterLengthMax = 1000
    /// The same, for doors that refuse instead of cutting.
    package static let filterMax = filterLengthMax
    package static let listedTagsMax = 20
    package static let listedIDsMax = 1000
    /// Topics whose heat is measured, the most recently active ones.
    static let hotTopicsMax = 20_000
    /// New topics, and topics with unread posts, that one answer about them names.
    static let trackedTopicsMax = 500
    /// Over how many of a topic's first posts its participants are counted.
    static let participantsOverPosts = 200
    static let participantsMax = 24
    static let printPostsMax = 1000
    /// How far back one answer of "latest posts" reaches, in ids.
    static let latestPostsWindow = 50
    static let messageRecipientsMax = 30
    /// The newest matches that a search ranks.
    static let rankedMatchesMax = 2000
    static let searchPagesMax = 10
    static let searchFiltersMax = 20
    /// People, categories, tags and groups beside the posts that are found.
    static let namesFoundMax = 5
    /// Posts that are found while somebody types.
    package static let typedPostsMax = 5
    static let blurbLength = 200
    /// What is indexed of one post, in Unicode scalars; PostgreSQL refuses vectors of a mebibyte.
    static let indexedTextMax = 100_000
    package static let actorsPerPage = 200
    /// Posts that one request deletes, moves or gives away.
    package static let postsChangedAtOnce = 500
    static let topicViewsBuffered = 100_000
    static let topicViewsFlushSeconds = 5
}
