extension Community {
    /// Asks whoever reads an address whether a command that came from it is meant: nothing happens
    /// before they say so.
    ///
    /// - Parameters:
    ///   - address: The sender's.
    ///   - messageID: Of the mail that asked.
    /// - Throws: `.notFound` for a place that its sender may not know of, `.forbidden` with its reason,
    ///   `.rateLimited` when the address has been asked often today.
    package func requestMailCommand(
        _ command: MailCommand,
        _ place: MailCommandPlace,
        from address: String,
        inReplyTo messageID: String?
    ) async throws {
        let reader = try await mailReader(address)
        // Whoever is to get mails may be told so; whoever is to get none has to be somebody here.
        if reader.principal == nil, command != .subscribe, command != .digest {
            throw ForumError.noSuchReader
        }
        _ = try await name(of: place, for: reader)
        try await queue(.commandConfirmation, command, place, to: address, inReplyTo: messageID)
    }

    /// Sends what the addresses of a place do.
    ///
    /// - Throws: As `requestMailCommand`.
    package func sendMailHelp(
        _ place: MailCommandPlace,
        to address: String,
        inReplyTo messageID: String?
    ) async throws {
        _ = try await name(of: place, for: try await mailReader(address))
        try await queue(.commandHelp, nil, place, to: address, inReplyTo: messageID)
    }

    /// Who reads an address: a member, or nobody yet.
    ///
    /// - Throws: `.forbidden` when the account may not act.
    func mailReader(_ address: String) async throws -> Viewer {
        guard let account = try await account(email: address) else { return .anonymous }
        if let obstacle = account.obstacle(at: clock()) { throw obstacle }
        guard account.isEmailVerified || account.principal.isStaged else {
            throw ForumError(
                .forbidden,
                "This address has not been confirmed yet.",
                reason: .inactive
            )
        }
        return .member(account.principal)
    }

    /// The name of the category or tag, if the reader may see it.
    func name(of place: MailCommandPlace, for reader: Viewer) async throws -> String {
        if let tag = place.tag { return try await self.tag(named: tag, for: reader).name }
        guard let id = place.categoryID else { return settings.current.title }
        let category = try await category(id, for: reader)
        guard reader.principal == nil else { return category.name }
        // Strangers follow where strangers may write.
        guard try await self.category(emailIn: place.address)?.allowsStrangers ?? true,
            settings.current.enableStagedUsers
        else { throw ForumError.noSuchReader }
        return category.name
    }

    func queue(
        _ kind: ServiceEmail,
        _ command: MailCommand?,
        _ place: MailCommandPlace,
        to address: String,
        inReplyTo messageID: String?
    ) async throws {
        let data = MailCommandData(command: command, place: place, inReplyTo: messageID)
        try await queue(kind, to: address, data: data.json(), perDay: Limits.commandMailsPerDay)
    }
}
