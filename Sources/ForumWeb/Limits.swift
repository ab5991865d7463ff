import Hummingbird
import NIOCore

/// What this door accepts, in one table.
enum WebLimits {
    static let bodyBytes = 2 * 1024 * 1024
    /// A mail of 25 MiB in Base64, with room for its form.
    static let mailBodyBytes = 36 * 1024 * 1024
    /// Recipients that one question of a mail server is about.
    static let mailRecipients = 50
    /// A file of 10 MiB, with room for its form.
    static let uploadBodyBytes = 11 * 1024 * 1024
    /// How long a picture of somebody, and a letter, may be kept by others.
    static let avatarSeconds = 600
    static let letterSeconds = 31_536_000
    /// What is read at once of a file that is sent piece by piece.
    static let filePartBytes = 256 * 1024
    static let bodySeconds = 30
    static let bodyBytesOfReads = 64 * 1024
    /// From the first byte of a request to the end of its headers.
    static let headerSeconds: Int64 = 15
    /// The request line counts among them, and may name a thousand posts.
    static let headerBytes = 40 * 1024
    static let headerFields = 100
    static let idleSeconds: Int64 = 60
    static let connections = 12_000
    static let uriBytes = 8 * 1024
    /// Topics shown below another one, and how long a choice of them is kept.
    static let suggestedTopics = 5
    static let suggestedSeconds = 60
    static let suggestedLists = 500
    /// How long a client may leave what is sent to it unread.
    static let stalledSeconds: Int64 = 60
    /// After an answer to a request that is not read to its end: time for the answer to arrive.
    static let lingerSeconds: Int64 = 2
    /// Whole answers kept in memory for readers who are not logged in.
    static let cachedBytes = 32 * 1024 * 1024
    static let cachedAnswerBytes = 1024 * 1024
    static let cachedSeconds = 60

    /// Of addresses that list up to a thousand posts.
    static let uriBytesOfLists = 32 * 1024

    static func uriBytesMax(of request: Request) -> Int {
        request.uri.path.hasPrefix("/ stream/") ? uriBytesOfLists : uriBytes
    }

    /// Posts that an answer is made of at once; longer ones are written piece by piece.
    static let postsAtOnce = 100
    static let postsForStrangers = 200
    /// Items of a feed.
    static let feedItems = 50
    /// Addresses in one file of the site map.
    static let sitemapAddresses = 10_000
    /// Streams of live events that one person may hold open, and one address of those not logged in.
    static let eventStreamsPerPerson = 8
    static let eventStreamsPerAddress = 50
    static let eventStreams = 10_000
    /// Deliveries of webhooks and pushed notices that are under way at once.
    static let requestSenders = 4
    /// Seconds between two looks into their queue when nobody rings.
    static let requestPollSeconds = 5.0
    /// Looks, ten a second, at how a redelivery goes before it is answered.
    static let redeliveryLooks = 100
    /// With so many waiting, a poll is answered at once.
    static let waitingPolls = 11_000
    /// Seconds after which somebody who listens proves again who they are, whatever is heard of them.
    static let proofSeconds = 60
    /// Seconds after which a silent stream says that it lives; time-outs on the way are longer.
    static let eventHeartbeatSeconds = 20
}
