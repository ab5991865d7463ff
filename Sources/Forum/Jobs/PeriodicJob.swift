/// Work that is done again and again, by one node of all each time.
package struct PeriodicJob: Sendable {
    /// Stands in the `jobs` table: never renamed.
    package let kind: String
    package let everySeconds: Int
    package let work: @Sendable (Community) async throws -> Void

    /// What the kinds of jobs begin with that collect mail: the name of the place follows.
    package static let collectMail = "collect_mail:"

    package init(
        _ kind: String,
        everySeconds: Int,
        _ work: @escaping @Sendable (Community) async throws -> Void
    ) {
        self.kind = kind
        self.everySeconds = everySeconds
        self.work = work
    }

    /// What people planned for a time.
    package static let plans: [PeriodicJob] = [
        plan("queue_topic_timers") { try await $0.queueTopicTimers() },
        plan("end_pins") { try await $0.endPins() },
        plan("send_bookmark_reminders") { try await $0.sendBookmarkReminders() },
        plan("close_due_polls") { try await $0.closeDuePolls() },
        plan("make_exports") { try await $0.makeExports() },
        plan("make_digests") { try await $0.makeDigests() },
    ]

    /// What the database needs so that it does not grow with what is over, and what is counted anew.
    package static let upkeep: [PeriodicJob] = [
        upkeep("trim_live_messages") { try await $0.trimLiveMessages() },
        upkeep("trim_rate_limits") { try await $0.trimRateLimits() },
        upkeep("expire_outgoing_emails") { try await $0.expireOutgoingEmails() },
        upkeep("delete_expired_sessions") { try await $0.deleteExpiredSessions() },
        upkeep("revoke_unused_keys") { try await $0.revokeUnusedKeys() },
        upkeep("trim_changes") { try await $0.trimChanges() },
        upkeep("measure_hot_topics") { try await $0.measureHotTopics() },
        upkeep("clean_up_uploads") { try await $0.cleanUpUploads() },
        upkeep("expire_external_uploads") { try await $0.expireExternalUploads() },
        upkeep("promote_members") { try await $0.promoteMembers() },
        upkeep("grant_earned_badges") { try await $0.grantEarnedBadges() },
        upkeep("keep_accounts") { try await $0.keepAccounts() },
        upkeep("forget_removed_jobs") { try await $0.forgetRemovedJobs() },
        upkeep("trim_notifications") { try await $0.trimNotifications() },
        upkeep("expire_outgoing_requests") { try await $0.expireOutgoingRequests() },
    ]

    private static func plan(
        _ kind: String,
        _ work: @escaping @Sendable (Community) async throws -> Void
    ) -> PeriodicJob {
        PeriodicJob(kind, everySeconds: Limits.plansSeconds, work)
    }

    private static func upkeep(
        _ kind: String,
        _ work: @escaping @Sendable (Community) async throws -> Void
    ) -> PeriodicJob {
        PeriodicJob(kind, everySeconds: Limits.upkeepSeconds, work)
    }
}
