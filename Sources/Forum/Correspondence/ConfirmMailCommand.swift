import Logging
import Postgres

extension Community {
    /// What would be done, for the page that asks; changes nothing.
    ///
    /// - Throws: `.invalid` for a secret that is wrong, used or too old.
    package func mailCommand(of token: String) async throws -> PendingMailCommand {
        guard token.utf8.count == MailCommandToken.length,
            let found = try await database.first(
                MailCommandQueries.find(MailCommandToken.hash(token), at: clock()),
                as: PendingMailCommand.self
            )
        else { throw ForumError.linkNotValid }
        return found
    }

    /// Does what was asked for by mail, once. An address without an account gets a staged one, where
    /// the site lets strangers write.
    ///
    /// - Throws: `.invalid` as `mailCommand(of:)`, `.notFound` for a place that is gone or closed to
    ///   its reader by now, `.forbidden`.
    package func confirmMailCommand(_ token: String) async throws -> PendingMailCommand {
        let pending = try await mailCommand(of: token)
        let principal = try await follower(pending)
        let taken: String? = try await database.value(
            MailCommandQueries.take(MailCommandToken.hash(token), at: clock())
        )
        guard taken != nil else { throw ForumError.linkNotValid }
        if pending.command == .stop {
            _ = try await database.batch(CorrespondenceQueries.stopEverything(for: principal.id))
        } else if let subscription = pending.command.subscription {
            try await follow(pending, subscription, by: principal)
        }
        logger.info("a mail command is carried out", metadata: ["command": "\(pending.command)"])
        return pending
    }

    /// As `confirmMailCommand`, by an answer to the mail that asked; another mail says that it is done.
    package func confirmMailCommand(
        _ token: String,
        answering messageID: String?,
        place: MailCommandPlace
    ) async throws {
        let done = try await confirmMailCommand(token)
        let place = MailCommandPlace(
            category: done.categoryID,
            tag: done.tagName,
            address: place.address
        )
        try await queue(.commandDone, done.command, place, to: done.address, inReplyTo: messageID)
    }

    private func follower(_ pending: PendingMailCommand) async throws -> Principal {
        let reader = try await mailReader(pending.address)
        if pending.command != .stop {
            let place = MailCommandPlace(
                category: pending.categoryID,
                tag: pending.tagName,
                address: ""
            )
            _ = try await name(of: place, for: reader)
        }
        if let principal = reader.principal { return principal }
        return try await stagedUser(address: pending.address, name: nil)
    }

    private func follow(
        _ pending: PendingMailCommand,
        _ subscription: Subscription,
        by principal: Principal
    ) async throws {
        if let tag = pending.tagName {
            try await setSubscription(
                subscription,
                tag: tag,
                by: principal,
                under: .subscribeByMail
            )
        } else if let category = pending.categoryID {
            try await setSubscription(
                subscription,
                category: category,
                by: principal,
                under: .subscribeByMail
            )
        }
    }
}
