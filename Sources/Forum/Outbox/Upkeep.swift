import Logging

/// What the database needs done now and then, so that it does not grow with what is over. Any number
/// of nodes may do it at once.
package struct Upkeep: Sendable {
    private let community: Community

    package init(community: Community) {
        self.community = community
    }

    /// Does what people planned for a time, to the minute.
    package func runPlans() async {
        while !Task.isCancelled {
            do {
                try await runDue()
                try await Task.sleep(for: .seconds(Limits.plansSeconds))
            } catch is CancellationError {
                return
            } catch {
                community.logger.warning("plans wait", metadata: ["error": "\(error)"])
                await Doorbell().wait(seconds: 10)
            }
        }
    }

    /// What is due by now: timers of topics, pins that end, reminders, polls that close.
    package func runDue() async throws {
        try await community.runTopicTimers()
        try await community.endPins()
        try await community.sendBookmarkReminders()
        try await community.closeDuePolls()
        try await community.makeExports()
    }

    /// Works until cancelled, beginning at once.
    package func run() async {
        while !Task.isCancelled {
            do {
                try await runOnce()
                try await Task.sleep(for: .seconds(Limits.upkeepSeconds))
            } catch is CancellationError {
                return
            } catch {
                community.logger.warning("upkeep failed", metadata: ["error": "\(error)"])
                await Doorbell().wait(seconds: 10)
            }
        }
    }

    package func runOnce() async throws {
        try await community.trimLiveMessages()
        try await community.trimRateLimits()
        try await community.expireOutgoingEmails()
        try await community.deleteExpiredSessions()
        try await community.revokeUnusedKeys()
        try await community.trimChanges()
        try await community.measureHotTopics()
        try await community.cleanUpUploads()
        try await community.expireExternalUploads()
        try await community.promoteMembers()
        try await community.grantEarnedBadges()
        try await community.keepAccounts()
    }
}
