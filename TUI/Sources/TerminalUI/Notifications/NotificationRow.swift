/// Something that the member should know. Times are seconds since 1970, UTC.
package struct NotificationRow: Sendable, Hashable {
    package var id: Int
    /// Discourse's name of its type, such as `replied`.
    package var type: String
    package var isRead: Bool
    package var createdAt: Int64
    package var username: String?
    package var title: String?
    package var topic: Int?
    package var postNumber: Int?

    package init(id: Int, type: String, isRead: Bool, createdAt: Int64) {
        self.id = id
        self.type = type
        self.isRead = isRead
        self.createdAt = createdAt
    }

    /// What happened, to stand behind the name of whoever did it.
    package var happening: String {
        NotificationRow.words[type]
            ?? String(type.map { $0 == "_" ? " " : $0 })
    }

    /// Whoever it comes from; nobody where the site itself speaks.
    package var actor: String? {
        guard !NotificationRow.ofTheSite.contains(type), username?.isEmpty == false else {
            return nil
        }
        return username
    }

    private static let ofTheSite: Set<String> = [
        "granted_badge", "topic_reminder", "bookmark_reminder", "post_approved",
        "membership_request_accepted", "group_message_summary",
    ]

    private static let words: [String: String] = [
        "mentioned": "mentioned you in", "group_mentioned": "mentioned your group in",
        "replied": "replied to you in", "quoted": "quoted you in", "linked": "linked to you in",
        "edited": "edited your post in", "liked": "liked your post in",
        "liked_consolidated": "liked several of your posts",
        "private_message": "wrote you the message", "posted": "wrote in",
        "group_message_summary": "messages wait for your group",
        "invited_to_private_message": "invited you to the message",
        "invited_to_topic": "invited you to",
        "invitee_accepted": "accepted your invitation", "moved_post": "moved your post to",
        "granted_badge": "you were given the badge", "watching_first_post": "began",
        "watching_category_or_tag": "wrote in",
        "topic_reminder": "you wanted to be reminded of",
        "bookmark_reminder": "you wanted to be reminded of",
        "post_approved": "your post was approved in",
        "membership_request_accepted": "you are now a member of",
        "question_answer_user_commented": "commented in",
    ]
}
