import Logging

/// What the database needs done now and then, so that it does not grow with what is over. Any number
/// of nodes may do it at once.
package struct Upkeep: Sendable {
    private let community: Community

    package init(community: Community) {
        self.community = community
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
        try await community.expireOutgoingEmails()
        try await community.deleteExpiredSessions()
        try await community.revokeUnusedKeys()
    }
}
