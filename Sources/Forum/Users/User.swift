package import Postgres

/// A member, a staged stranger, or the system itself, as others see it.
package struct User: Sendable, Equatable {
    package let id: UserID
    package let username: String
    package let name: String?
    package let title: String?
    /// The address was confirmed, or an administrator vouched for it.
    package let isActive: Bool
    package let isApproved: Bool
    /// Known by e-mail address only.
    package let isStaged: Bool
    package let isAdmin: Bool
    package let isModerator: Bool
    package let trustLevel: Int
    package let suspendedTill: Timestamp?
    package let silencedTill: Timestamp?
    package let bioRaw: String?
    package let bioCooked: String?
    package let location: String?
    package let website: String?
    /// 0 always, 1 only when away, 2 never (Discourse's email_level).
    package let emailLevel: Int
    package let createdAt: Timestamp
    package let lastSeenAt: Timestamp?
    package let lastPostedAt: Timestamp?
    package let statistics: Statistics

    /// What a person did here, counted.
    package struct Statistics: Sendable, Equatable {
        package let topicCount: Int
        package let postCount: Int
        package let likesGiven: Int
        package let likesReceived: Int
        package let topicsEntered: Int
        package let postsReadCount: Int
        package let timeReadMilliseconds: Int64
    }

    package var isStaff: Bool { isAdmin || isModerator }

    package func isSuspended(at now: Timestamp) -> Bool {
        suspendedTill.map { $0 > now } ?? false
    }

    package func isSilenced(at now: Timestamp) -> Bool {
        silencedTill.map { $0 > now } ?? false
    }
}

/// A person as one viewer sees them.
package struct UserProfile: Sendable {
    package let user: User
    /// The primary address; only for the person and for staff.
    package let email: String?
    /// The other addresses, as `email`.
    package let secondaryEmails: [String]
    /// The groups of the person that the viewer may know of.
    package let groups: [Group]
    package let canEdit: Bool
    /// What they wrote where the viewer may read; the user's own statistics also count what is secret.
    package let activity: VisibleActivity
    /// Their picture and badges.
    package let honours: UserHonours?
}

/// What one viewer can see of how much somebody wrote.
package struct VisibleActivity: Sendable, Equatable {
    package let lastPostedAt: Timestamp?
    /// Without the first posts of topics.
    package let postCount: Int
    package let topicCount: Int
}
