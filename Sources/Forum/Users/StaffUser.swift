package import Postgres

/// A user as the administration lists them.
package struct StaffUserRow: Sendable, RowDecodable {
    package let id: UserID
    package let username: String
    package let name: String?
    package let title: String?
    package let isActive: Bool
    package let isApproved: Bool
    package let isStaged: Bool
    package let isAdmin: Bool
    package let isModerator: Bool
    package let trustLevel: Int
    package let lockedTrustLevel: Int?
    package let createdAt: Timestamp
    package let lastSeenAt: Timestamp?
    package let lastEmailedAt: Timestamp?
    package let suspendedAt: Timestamp?
    package let suspendedTill: Timestamp?
    package let silencedAt: Timestamp?
    package let silencedTill: Timestamp?
    package let daysVisited: Int
    package let postsReadCount: Int
    package let topicsEntered: Int
    package let postCount: Int
    package let topicCount: Int
    package let likesReceived: Int
    package let likesGiven: Int
    package let timeReadMilliseconds: Int64
    /// The primary address first; empty for those who may not see any.
    package let emails: [String]

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        username = try row.next()
        name = try row.next()
        title = try row.next()
        isActive = try row.next()
        isApproved = try row.next()
        isStaged = try row.next()
        isAdmin = try row.next()
        isModerator = try row.next()
        trustLevel = try row.next()
        lockedTrustLevel = try row.next()
        createdAt = try row.next()
        lastSeenAt = try row.next()
        lastEmailedAt = try row.next()
        suspendedAt = try row.next()
        suspendedTill = try row.next()
        silencedAt = try row.next()
        silencedTill = try row.next()
        daysVisited = try row.next()
        postsReadCount = try row.next()
        topicsEntered = try row.next()
        postCount = try row.next()
        topicCount = try row.next()
        likesReceived = try row.next()
        likesGiven = try row.next()
        timeReadMilliseconds = try row.next()
        emails = try row.next()
    }

    package var isStaff: Bool { isAdmin || isModerator }
}

/// Everything staff is shown of one user.
package struct StaffUserDetail: Sendable {
    package let row: StaffUserRow
    package let user: User
    package let penalties: Penalties
    package let counts: Counts
    package let groups: [Group]
    package let permissions: Permissions
    /// Which of them the viewer is shown.
    package let showsAddresses: Bool

    /// Why and by whom somebody is kept out or quiet.
    package struct Penalties: Sendable, RowDecodable {
        package let suspendReason: String?
        package let suspendedBy: UserReference?
        package let silenceReason: String?
        package let silencedBy: UserReference?
        package let approvedBy: UserReference?
        package let approvedAt: Timestamp?
        package let suspensions: Int
        package let silences: Int

        package init(from row: inout RowReader) throws(PostgresError) {
            suspendReason = try row.next()
            suspendedBy = try UserReference.read(from: &row)
            silenceReason = try row.next()
            silencedBy = try UserReference.read(from: &row)
            approvedBy = try UserReference.read(from: &row)
            approvedAt = try row.next()
            suspensions = try row.next()
            silences = try row.next()
        }
    }

    package struct Counts: Sendable, RowDecodable {
        package let clientIP: String?
        package let registrationIP: String?
        package let flagsGiven: Int
        package let flagsReceived: Int
        package let messages: Int
        package let badges: Int
        package let apiKeys: Int
        package let postEdits: Int
        package let bounceScore: Double
        package let resetBounceScoreAfter: Timestamp?
        package let primaryGroupID: GroupID?
        package let firstPostAt: Timestamp?
        /// Others who come from the same address.
        package let similarUsers: Int

        package init(from row: inout RowReader) throws(PostgresError) {
            clientIP = try row.next()
            registrationIP = try row.next()
            flagsGiven = try row.next()
            flagsReceived = try row.next()
            messages = try row.next()
            badges = try row.next()
            apiKeys = try row.next()
            postEdits = try row.next()
            bounceScore = try row.next()
            resetBounceScoreAfter = try row.next()
            primaryGroupID = try row.next()
            firstPostAt = try row.next()
            similarUsers = try row.next()
        }
    }

    /// What the viewer may do to the user.
    package struct Permissions: Sendable {
        package var canActivate = false
        package var canDeactivate = false
        package var canGrantAdmin = false
        package var canRevokeAdmin = false
        package var canGrantModeration = false
        package var canRevokeModeration = false
        package var canSuspend = false
        package var canDelete = false
        package var canDeleteAllPosts = false
        package var canAnonymize = false
        package var canDisableSecondFactor = false
        package var canMerge = false
        package var canChangeTrustLevel = false
        package var canViewLogs = false
    }
}

/// Which users the administration asks for.
package struct StaffUserFilter: Sendable {
    package enum Flag: String, Sendable, CaseIterable {
        case all, active, new, staff, suspended, silenced, suspect, staged, pending
    }

    package enum Order: String, Sendable, CaseIterable {
        case created, seen, username, email, posts
        case lastEmailed = "last_emailed"
        case trustLevel = "trust_level"
        case daysVisited = "days_visited"
        case postsRead = "posts_read"
        case topicsViewed = "topics_viewed"
        case readTime = "read_time"
    }

    package var flag: Flag
    package var order: Order?
    package var isAscending: Bool
    package var page: Int
    package var showsEmails: Bool
    /// A part of the username; of the address too for those who may see addresses.
    package var text: String?
    package var email: String?
    package var clientIP: String?

    package init(
        flag: Flag = .all,
        order: Order? = nil,
        isAscending: Bool = false,
        page: Int = 0,
        showsEmails: Bool = false,
        text: String? = nil,
        email: String? = nil,
        clientIP: String? = nil
    ) {
        self.flag = flag
        self.order = order
        self.isAscending = isAscending
        self.page = min(max(page, 0), 10_000)
        self.showsEmails = showsEmails
        self.text = text
        self.email = email
        self.clientIP = clientIP
    }
}
