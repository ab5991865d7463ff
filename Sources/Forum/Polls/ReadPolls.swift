import Postgres

extension Community {
    /// The posts with their polls; another round trip only when they have any.
    package func withPolls(_ posts: [PostView], for viewer: Viewer) async throws -> [PostView] {
        let ids = posts.filter(\.hasPolls).map(\.id)
        guard !ids.isEmpty else { return posts }
        let polls = Dictionary(grouping: try await polls(of: ids, for: viewer), by: \.postID)
        return posts.map { post in
            var post = post
            post.polls = polls[post.id] ?? []
            return post
        }
    }

    package func withPolls(_ post: PostView, for viewer: Viewer) async throws -> PostView {
        try await withPolls([post], for: viewer)[0]
    }

    func polls(of posts: [PostID], for viewer: Viewer) async throws -> [Poll] {
        let answers = try await database.batch([
            PollQueries.polls(of: posts, for: viewer), PollQueries.options(of: posts),
        ])
        let options = Dictionary(
            grouping: try answers[1].decode(PollOptionRow.self),
            by: \.pollID
        )
        return try answers[0].decode(PollRow.self).map { row in
            var poll = row.poll
            let shows = poll.showsResults(to: viewer)
            poll.options = (options[poll.id] ?? []).map { row in
                var option = row.option
                if !shows { option.votes = nil }
                return option
            }
            return poll
        }
    }

    /// Who chose what in a public poll, a page of each option.
    ///
    /// - Throws: `ForumError`: `.notFound`, `.invalid` when voters are not named, or not yet.
    package func pollVoters(
        _ post: PostID,
        poll name: String,
        option: String? = nil,
        page: Int = 1,
        limit: Int = Limits.pollVotersPerPage,
        for viewer: Viewer
    ) async throws -> [PollVoters] {
        let place = try await pollPlace(post, name, for: viewer)
        guard place.poll.isPublic, place.poll.showsResults(to: viewer) else {
            throw ForumError(.invalid, "The voters of this poll are not shown.", field: "poll_name")
        }
        let limit = min(max(limit, 1), 50)
        let rows = try await database.all(
            PollQueries.voters(
                of: place.poll.id,
                option: option,
                offset: (min(max(page, 1), 10_000) - 1) * limit,
                limit: limit
            ),
            as: PollVoterRow.self
        )
        let byOption = Dictionary(grouping: rows, by: \.option)
        return place.poll.options.filter { option == nil || $0.digest == option }.map { option in
            PollVoters(option: option.digest, users: (byOption[option.digest] ?? []).map(\.user))
        }
    }

    func pollPlace(
        _ post: PostID,
        _ name: String,
        for viewer: Viewer
    ) async throws -> PollPlace {
        let post = try await self.post(post, for: viewer)
        guard post.deletedAt == nil else { throw ForumError.notFound }
        guard
            let poll = try await polls(of: [post.id], for: viewer).first(where: { $0.name == name })
        else {
            throw ForumError(
                .invalid,
                "No poll named \(name.prefix(100)) is associated with this post.",
                field: "poll_name"
            )
        }
        return PollPlace(poll: poll, post: post.access)
    }
}
