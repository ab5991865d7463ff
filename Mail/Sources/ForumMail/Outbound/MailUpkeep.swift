import Forum
package import Logging

/// What mail needs done now and then: mails left behind by a process that died are judged, and what
/// has been kept long enough goes.
package struct MailUpkeep: Sendable {
    private let intake: Intake
    private let logger: Logger

    package init(intake: Intake, logger: Logger) {
        self.intake = intake
        self.logger = logger
    }

    /// Works until cancelled.
    package func run() async {
        var round = 0
        while !Task.isCancelled {
            do {
                try await intake.resume()
                if round % 60 == 0 {
                    try await intake.community.expireIncomingEmails()
                    try await intake.community.expireReplyKeys()
                    try await intake.community.settleBounces()
                }
                round += 1
                try await Task.sleep(for: .seconds(60))
            } catch is CancellationError {
                return
            } catch {
                logger.warning("upkeep of mail failed", metadata: ["error": "\(error)"])
                await Doorbell().wait(seconds: 10)
            }
        }
    }
}
