import Postgres

extension Community {
    /// The same message with addresses replaced by the names of those who have them. Staff may
    /// write to people who are not here yet: they get an account that only their mail makes theirs.
    ///
    /// - Throws: `.invalid` for an address that is none, or where the principal may not.
    func namingRecipients(of new: NewTopic, by principal: Principal) async throws -> NewTopic {
        guard new.recipients.contains(where: { $0.contains("@") }),
            new.recipients.count <= Limits.messageRecipientsMax
        else { return new }
        var new = new
        for (index, recipient) in new.recipients.enumerated() where recipient.contains("@") {
            guard principal.isStaff, settings.current.enableStagedUsers,
                EmailAddressRules.normalise(recipient) != nil
            else {
                throw ForumError(
                    .invalid,
                    "Sorry, \(recipient.prefix(Limits.emailMax)) cannot be sent messages.",
                    field: "target_recipients"
                )
            }
            new.recipients[index] = try await stagedUser(address: recipient, name: nil).username
        }
        return new
    }
}
