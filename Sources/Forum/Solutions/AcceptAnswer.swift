package import Postgres

package enum AcceptingAnswer {}

extension Rule where Action == AcceptingAnswer, Resource == PostAccess {
    /// Discourse: a reply in a regular topic; by the topic's author, staff, and trust level 4
    /// (`accept_all_solutions_trust_level`).
    static func acceptingAnswer(_ settings: SiteSettings) -> Self {
        Rule { post, principal in
            if post.isDeleted || post.topic.isDeleted { return .deny(.notFound) }
            if post.topic.isUnpublished { return .deny(.unpublished) }
            if principal.isSilenced { return .deny(.silenced) }
            guard settings.allowSolvedOnAllTopics, post.topic.archetype == .regular,
                post.number > 1, post.type == 1
            else { return .deny(.forbidden) }
            if principal.isTrusted { return .allow }
            return post.topic.authorID == principal.id && !post.topic.isArchived
                && post.topic.allowsReplies ? .allow : .deny(.forbidden)
        }
    }
}

/// The answer of a topic, as its page names it.
package struct TopicSolution: Sendable, Equatable, RowDecodable {
    package let postNumber: Int
    package let author: UserCard
    package let accepter: UserCard
    package let cooked: String

    package init(from row: inout RowReader) throws(PostgresError) {
        postNumber = try row.next()
        cooked = try row.next()
        author = try UserCard(from: &row)
        accepter = try UserCard(from: &row)
    }
}

extension Community {
    /// Says that a reply answers its topic, in place of the one that did so far.
    ///
    /// - Throws: `ForumError`: `.notFound`, `.forbidden`.
    package func acceptAnswer(_ id: PostID, by principal: Principal) async throws -> PostView {
        let post = try await post(id, for: .member(principal))
        let permitted = try principal.may(.acceptingAnswer(settings.current), post.access)
        _ = try await write([SolutionQueries.accept(permitted, now: clock())])
        signals.committed(.topic(post.topicID), .site)
        return try await self.post(id, for: .member(principal))
    }

    /// The answer of a topic, when there is one that can be seen.
    package func solution(
        of topic: TopicID,
        for viewer: Viewer
    ) async throws -> TopicSolution? {
        try await database.first(SolutionQueries.solution(of: topic, for: viewer))
    }

    /// Says that a reply is no answer after all.
    ///
    /// - Throws: `ForumError`: `.notFound`, `.forbidden`.
    package func unacceptAnswer(_ id: PostID, by principal: Principal) async throws -> PostView {
        let post = try await post(id, for: .member(principal))
        let permitted = try principal.may(.acceptingAnswer(settings.current), post.access)
        _ = try await write([SolutionQueries.withdraw(permitted)])
        signals.committed(.topic(post.topicID), .site)
        return try await self.post(id, for: .member(principal))
    }
}
