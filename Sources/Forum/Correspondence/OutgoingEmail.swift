package import Postgres

/// A mail that waits to be sent. It is written when it is sent, from what is true then.
package struct OutgoingEmail: Sendable, RowDecodable {
    package let id: OutgoingEmailID
    /// `user_notification`.
    package let emailType: String
    package let userID: UserID?
    package let postID: PostID?
    package let toAddress: String
    /// JSON text: what the writer of the mail needs beyond the post.
    package let data: String
    /// How often sending has failed.
    package let attempts: Int
    package let createdAt: Timestamp
    /// When trying ends.
    package let expiresAt: Timestamp
    /// Why its address gets no mail; `nil` when it does.
    package let suppression: String?

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        emailType = try row.next()
        userID = try row.next()
        postID = try row.next()
        toAddress = try row.next()
        data = try row.next()
        attempts = try row.next()
        createdAt = try row.next()
        expiresAt = try row.next()
        suppression = try row.next()
    }
}

/// Everything a notification mail says, as its recipient may see it at this moment.
package struct NotificationEmail: Sendable, RowDecodable {
    package let recipientID: UserID
    package let recipientUsername: String
    package let recipientName: String?
    package let authorUsername: String
    package let authorName: String?
    package let postID: PostID
    package let postNumber: Int
    package let cooked: String
    package let postCreatedAt: Timestamp
    /// Set when the post came by mail and keeps that mail's Message-ID.
    package let ownMessageID: String?
    package let topicID: TopicID
    package let topicTitle: String
    package let topicSlug: String
    package let isMessage: Bool
    package let isClosed: Bool
    package let categoryName: String?
    package let categorySlug: String?
    package let parentCategoryName: String?
    package let parentCategorySlug: String?
    /// The List-Id of a mailing list that moved here.
    package let categoryListID: String?
    /// The addresses at which new topics are taken, `|` between them.
    package let categoryEmailIn: String?
    package let tags: [String]
    /// The first post of the topic, and the post this one answers: their ids and their own Message-IDs.
    package let firstPostID: PostID?
    package let firstMessageID: String?
    package let parentPostID: PostID?
    package let parentMessageID: String?
    /// Whether the recipient may answer where the post stands.
    package let mayReply: Bool
    /// Why this person is told (a number of `NotificationKind`).
    package let kind: Int
    package let isRead: Bool
    /// Whether the recipient has muted the topic.
    package let isMuted: Bool
    /// Whether the category or tag that it is told for is to come by a mail for each post.
    package let isWantedAtOnce: Bool
    /// What stands in the topic before it, the oldest first, and the post that it answers, for those
    /// who want to see them.
    package var earlier: [ContextPost] = []
    package var answered: ContextPost?
    /// In its recipient's language.
    package var words = MailWords.english

    /// Sent to somebody who wants every post by mail, not because of a notice.
    package var isOfMailingList: Bool { kind == 0 }

    package init(from row: inout RowReader) throws(PostgresError) {
        recipientID = try row.next()
        recipientUsername = try row.next()
        recipientName = try row.next()
        authorUsername = try row.next()
        authorName = try row.next()
        postID = try row.next()
        postNumber = try row.next()
        cooked = try row.next()
        postCreatedAt = try row.next()
        ownMessageID = try row.next()
        topicID = try row.next()
        topicTitle = try row.next()
        topicSlug = try row.next()
        isMessage = try row.next()
        isClosed = try row.next()
        categoryName = try row.next()
        categorySlug = try row.next()
        parentCategoryName = try row.next()
        parentCategorySlug = try row.next()
        categoryListID = try row.next()
        categoryEmailIn = try row.next()
        tags = try row.next()
        firstPostID = try row.next()
        firstMessageID = try row.next()
        parentPostID = try row.next()
        parentMessageID = try row.next()
        mayReply = try row.next()
        kind = try row.next()
        isRead = try row.next()
        isMuted = try row.next()
        isWantedAtOnce = try row.next()
    }
}
