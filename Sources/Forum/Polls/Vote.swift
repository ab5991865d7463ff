import Postgres

extension Community {
    /// Votes, in place of what one voted before.
    ///
    /// - Parameter choices: The digests of the options.
    /// - Returns: The poll as it is then.
    /// - Throws: `ForumError`: `.notFound`, `.forbidden`, `.invalid`.
    package func vote(
        _ post: PostID,
        poll name: String,
        choices: [String],
        by principal: Principal
    ) async throws -> Poll {
        let place = try await pollPlace(post, name, for: .member(principal))
        let permitted = try principal.may(.voting, place)
        let choices = try Self.checked(choices, in: place.poll)
        try await checkGroups(of: place.poll, principal)
        let rows = try await database.query(
            PollQueries.vote(permitted, choices, now: clock())
        )
        guard !rows.isEmpty else {
            throw ForumError(.conflict, "The poll has changed. Please reload it and vote again.")
        }
        signals.committed(.topic(place.post.topic.id))
        return try await pollPlace(post, name, for: .member(principal)).poll
    }

    /// Takes a vote back.
    ///
    /// - Throws: `ForumError`: `.notFound`, `.forbidden`, `.invalid`.
    package func withdrawVote(
        _ post: PostID,
        poll name: String,
        by principal: Principal
    ) async throws -> Poll {
        let place = try await pollPlace(post, name, for: .member(principal))
        let permitted = try principal.may(.voting, place)
        _ = try await database.query(PollQueries.withdraw(permitted))
        signals.committed(.topic(place.post.topic.id))
        return try await pollPlace(post, name, for: .member(principal)).poll
    }

    /// Opens or closes a poll.
    ///
    /// - Throws: `ForumError`: `.notFound`, `.forbidden`, `.invalid`.
    package func setPollOpen(
        _ post: PostID,
        poll name: String,
        _ isOpen: Bool,
        by principal: Principal
    ) async throws -> Poll {
        let place = try await pollPlace(post, name, for: .member(principal))
        let permitted = try principal.may(.togglingPoll, place)
        _ = try await database.query(PollQueries.setOpen(permitted, isOpen))
        signals.committed(.topic(place.post.topic.id))
        return try await pollPlace(post, name, for: .member(principal)).poll
    }

    /// Closes the polls whose time is over.
    package func closeDuePolls() async throws {
        let query = PollQueries.closeDue(now: clock())
        for topic in Set(try await database.values(query, as: TopicID.self)) {
            signals.committed(.topic(topic))
        }
    }

    private static func checked(
        _ choices: [String],
        in poll: Poll
    ) throws(ForumError) -> [String] {
        let chosen = poll.options.map(\.digest).filter { choices.contains($0) }
        guard chosen.count == Set(choices).count else {
            throw ForumError(.invalid, "An option is not of this poll.", field: "options")
        }
        let least = poll.kind == .multiple ? poll.minimum ?? 1 : 1
        let most = poll.kind == .multiple ? poll.maximum ?? poll.options.count : 1
        guard chosen.count >= least else {
            throw ForumError(
                .invalid,
                "You need to select at least \(least) \(least == 1 ? "option" : "options").",
                field: "options"
            )
        }
        guard chosen.count <= most else {
            throw ForumError(
                .invalid,
                "You can select at most \(most) \(most == 1 ? "option" : "options").",
                field: "options"
            )
        }
        return chosen
    }

    private func checkGroups(of poll: Poll, _ principal: Principal) async throws {
        guard !poll.groupNames.isEmpty else { return }
        let query = PollQueries.isMember(principal, ofAny: poll.groupNames)
        guard try await database.value(query, as: Bool.self) == true else {
            throw ForumError(
                .forbidden,
                "You need to be a member of \(poll.groupNames.joined(separator: ", ")) to vote."
            )
        }
    }

    /// Whether the polls of an edited text may replace those that are there.
    ///
    /// - Throws: `.invalid` when people have voted and the time for changes is over.
    func checkPollChanges(
        of post: PostView,
        to polls: [PreparedPoll],
        now: Timestamp
    ) async throws {
        guard post.hasPolls, now >= post.createdAt + Limits.pollEditSeconds else { return }
        for old in try await self.polls(of: [post.id], for: .member(.system)) where old.voters > 0 {
            let new = polls.first { $0.name == old.name }
            guard let new, new.kind == old.kind,
                new.options.map(\.digest).sorted()
                    == old.options.map(\.digest).sorted()
            else {
                throw ForumError.poll(
                    "You cannot change a poll with votes after the first 5 minutes."
                )
            }
        }
    }
}
