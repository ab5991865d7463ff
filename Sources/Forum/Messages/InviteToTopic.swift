import Postgres

extension Community {
    /// Lets somebody read a message, or points them to a topic.
    ///
    /// - Parameter name: A username; or an address, where staff may invite by it.
    /// - Returns: Who was invited.
    /// - Throws: `.notFound` for a topic that cannot be seen, `.forbidden`, `.invalid` for whom it is
    ///   not possible to invite or who is there already.
    package func invite(
        _ name: String,
        to topicID: TopicID,
        by principal: Principal
    ) async throws -> UserCard {
        let topic = try await topicAccess(topicID, for: .member(principal))
        let permitted = try principal.may(.invitingToTopic, topic)
        let user = try await invitee(name, by: principal)
        guard topic.archetype == .message else {
            try await checkReader(user, of: permitted)
            try await tell(user, of: permitted)
            return user.card
        }
        try await checkRoom(in: topicID)
        let isAdded: Int =
            try await database.value(
                MessageQueries.invite(
                    user.id,
                    to: permitted,
                    mail: pace(isMessage: true),
                    at: clock()
                )
            ) ?? 0
        guard isAdded > 0 else {
            throw ForumError(
                .invalid,
                "Sorry, that user has already been invited. You may only invite a user to a "
                    + "topic once.",
                field: "user"
            )
        }
        signals.committed(.topic(topicID))
        signals.mailQueued()
        return user.card
    }

    /// Points people to a topic or message that they can read; each of them once.
    ///
    /// - Throws: `.notFound` for a topic that cannot be seen, `.forbidden`, `.invalid` for whom it is not
    ///   possible to tell, and then nobody is told; `.malformed` for several names by who is not staff.
    package func pointPeople(
        named usernames: [String],
        to topicID: TopicID,
        by principal: Principal
    ) async throws {
        let topic = try await topicAccess(topicID, for: .member(principal))
        let permitted = try principal.may(.invitingToTopic, topic)
        let most = principal.isStaff ? Limits.messageRecipientsMax : 1
        guard (1...most).contains(usernames.count) else {
            throw ForumError(
                .malformed,
                "usernames must be 1 to \(most) names.",
                field: "usernames"
            )
        }
        var readers: [User] = []
        for name in usernames {
            let user = try await invitee(name.replacing("@", with: ""), by: principal)
            try await checkReader(user, of: permitted)
            readers.append(user)
        }
        for user in readers { try await tell(user, of: permitted) }
    }

    /// Lets the members of a group read a message.
    ///
    /// - Parameter telling: Whether they get a notice.
    /// - Throws: `.notFound` for a topic or a group that cannot be seen, `.forbidden` where the group
    ///   takes no messages from the principal, `.invalid`.
    package func inviteGroup(
        named name: String,
        to topicID: TopicID,
        telling: Bool,
        by principal: Principal
    ) async throws -> Group {
        let viewer = Viewer.member(principal)
        let topic = try await topicAccess(topicID, for: viewer)
        let permitted = try principal.may(.invitingToTopic, topic)
        let group = try await group(named: name, for: viewer)
        guard topic.archetype == .message else {
            throw ForumError(.invalid, "Groups can be invited to messages only.", field: "group")
        }
        // Administrators may open a message to a group that nobody writes to of their own accord.
        guard group.isMessageable(by: viewer) || principal.isAdmin, group.id != Group.everyone
        else { throw ForumError.forbidden }
        let isAdded: Int =
            try await database.value(
                MessageQueries.invite(
                    group.id,
                    to: permitted,
                    telling: telling,
                    mail: pace(isMessage: true),
                    at: clock()
                )
            ) ?? 0
        guard isAdded > 0 else {
            throw ForumError(
                .invalid,
                "Sorry, that group has already been invited.",
                field: "group"
            )
        }
        signals.committed(.topic(topicID))
        signals.mailQueued()
        return group
    }

    private func pace(isMessage: Bool) -> OutgoingEmailQueries.Pace? {
        OutgoingEmailQueries.Pace(settings.current, isMessage: isMessage)
    }

    private func invitee(_ name: String, by principal: Principal) async throws -> User {
        if name.contains("@") {
            // Whose an address is, and whether it is anybody's, is for staff alone to know.
            guard principal.isStaff else { throw ForumError.forbidden }
            let stranger = try await stagedUser(address: name, name: nil)
            guard let user = try await user(stranger.id) else { throw ForumError.notFound }
            return user
        }
        guard let user = try await user(named: name), user.id.value > 0,
            user.isActive, !user.isStaged,
            principal.isStaff || !user.isSuspended(at: clock())
        else {
            throw ForumError(.invalid, "Sorry, that user can't be invited.", field: "user")
        }
        return user
    }

    private func checkRoom(in topic: TopicID) async throws {
        let count: Int = try await database.value(MessageQueries.readerCount(topic)) ?? 0
        guard count < Limits.messageRecipientsMax else {
            throw ForumError(
                .invalid,
                "Sorry, you can't have more than \(Limits.messageRecipientsMax) recipients in a "
                    + "message.",
                field: "user"
            )
        }
    }

    /// Who cannot read a topic is not told that there is one.
    private func checkReader(
        _ user: User,
        of topic: Permitted<InvitingToTopic, TopicAccess>
    ) async throws {
        let refusal = ForumError(
            .invalid,
            "Sorry, that user can't be invited to this topic.",
            field: "user"
        )
        guard let reader = try await self.principal(for: user.id) else { throw refusal }
        let query = TopicQueries.access(topic.resource.id, for: .member(reader))
        guard try await !database.query(query).isEmpty else { throw refusal }
    }

    private func tell(
        _ user: User,
        of topic: Permitted<InvitingToTopic, TopicAccess>
    ) async throws {
        try await database.execute(
            MessageQueries.tell(user.id, of: topic, mail: pace(isMessage: false))
        )
        signals.committed()
        signals.mailQueued()
    }
}

extension User {
    package var card: UserCard {
        UserCard(
            id: id,
            username: username,
            name: name,
            title: title,
            trustLevel: trustLevel,
            isAdmin: isAdmin,
            isModerator: isModerator
        )
    }
}
