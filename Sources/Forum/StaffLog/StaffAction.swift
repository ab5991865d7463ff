package import Postgres

/// Where the request comes from that is served now, for what is written down about it.
package enum RequestOrigin {
    /// The visitor's address in text form; `nil` outside of a request.
    @TaskLocal package static var clientIP: String?
}

/// One thing that somebody of the staff did, as it is kept for ever.
package struct StaffAction: Sendable, Equatable {
    /// Discourse's names; they stand in the table.
    package enum Kind: String, Sendable, CaseIterable {
        case deleteUser = "delete_user"
        case changeTrustLevel = "change_trust_level"
        case lockTrustLevel = "lock_trust_level"
        case unlockTrustLevel = "unlock_trust_level"
        case changeSiteSetting = "change_site_setting"
        case suspendUser = "suspend_user"
        case unsuspendUser = "unsuspend_user"
        case silenceUser = "silence_user"
        case unsilenceUser = "unsilence_user"
        case grantAdmin = "grant_admin"
        case revokeAdmin = "revoke_admin"
        case grantModeration = "grant_moderation"
        case revokeModeration = "revoke_moderation"
        case activateUser = "activate_user"
        case deactivateUser = "deactivate_user"
        case approveUser = "approve_user"
        case anonymizeUser = "anonymize_user"
        case mergeUser = "merge_user"
        case checkEmail = "check_email"
        case logOutUser = "log_out_user"
        case resetBounceScore = "reset_bounce_score"
        case changePrimaryGroup = "change_primary_group"
        case deletePost = "delete_post"
        case deleteTopic = "delete_topic"
        case recoverTopic = "recover_topic"
        case postApproved = "post_approved"
        case postRejected = "post_rejected"
        case reviewFlag = "review_flag"
        case watchedWordCreated = "watched_word_create"
        case watchedWordDestroyed = "watched_word_destroy"
        case screeningChanged = "change_screening"
        case impersonate
        case disabledSecondFactor = "disabled_second_factor"
        case createCategory = "create_category"
        case changeCategory = "change_category_settings"
        case deleteCategory = "delete_category"
        case createBadge = "create_badge"
        case changeBadge = "change_badge"
        case deleteBadge = "delete_badge"
        case grantBadge = "grant_badge"
        case revokeBadge = "revoke_badge"
        case deleteGroup = "delete_group"
        case createdAPIKey = "api_key_create"
        case changedAPIKey = "api_key_update"
        case deletedAPIKey = "api_key_destroy"
        case makeBackup = "backup_create"
        case fetchBackup = "backup_download"
        case deleteBackup = "backup_destroy"
        case changeSiteText = "change_site_text"
        case createTagGroup = "tag_group_create"
        case changeTagGroup = "tag_group_change"
        case deleteTagGroup = "tag_group_destroy"
        case changePassword = "change_password"
        case createWebHook = "web_hook_create"
        case updateWebHook = "web_hook_update"
        case deleteWebHook = "web_hook_destroy"
        case deactivateWebHook = "web_hook_deactivate"
        case publishImport = "import_publish"
        case discardImport = "import_discard"
        case custom = "custom_staff"
    }

    package var kind: Kind
    package var targetID: UserID?
    package var subject: String?
    package var details: String?
    package var context: String?
    package var previousValue: String?
    package var newValue: String?
    package var email: String?
    package var topicID: TopicID?
    package var postID: PostID?
    package var categoryID: CategoryID?

    package init(
        _ kind: Kind,
        of target: UserID? = nil,
        subject: String? = nil,
        details: String? = nil,
        context: String? = nil,
        from previousValue: String? = nil,
        to newValue: String? = nil,
        email: String? = nil,
        topic: TopicID? = nil,
        post: PostID? = nil,
        category: CategoryID? = nil
    ) {
        self.kind = kind
        self.targetID = target
        self.subject = subject
        self.details = details
        self.context = context
        self.previousValue = previousValue
        self.newValue = newValue
        self.email = email
        self.topicID = topic
        self.postID = post
        self.categoryID = category
    }
}

/// A line of the log as it is read.
package struct StaffActionEntry: Sendable, RowDecodable {
    package let id: Int64
    package let action: String
    package let subject: String?
    package let details: String?
    package let context: String?
    package let previousValue: String?
    package let newValue: String?
    package let email: String?
    package let clientIP: String?
    package let topicID: TopicID?
    package let postID: PostID?
    package let categoryID: CategoryID?
    package let createdAt: Timestamp
    package let actor: UserReference?
    package let target: UserReference?

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        action = try row.next()
        subject = try row.next()
        details = try row.next()
        context = try row.next()
        previousValue = try row.next()
        newValue = try row.next()
        email = try row.next()
        clientIP = try row.next()
        topicID = try row.next()
        postID = try row.next()
        categoryID = try row.next()
        createdAt = try row.next()
        actor = try UserReference.read(from: &row)
        target = try UserReference.read(from: &row)
    }
}

/// Somebody named beside something else; `nil` in an answer when they are gone.
package struct UserReference: Sendable, Equatable {
    package let id: UserID
    package let username: String
    package let name: String?

    package init(id: UserID, username: String, name: String?) {
        self.id = id
        self.username = username
        self.name = name
    }

    /// Reads `id, username, name` of an outer join.
    package static func read(from row: inout RowReader) throws(PostgresError) -> UserReference? {
        let id: UserID? = try row.next()
        let username: String? = try row.next()
        let name: String? = try row.next()
        guard let id, let username else { return nil }
        return UserReference(id: id, username: username, name: name)
    }
}
