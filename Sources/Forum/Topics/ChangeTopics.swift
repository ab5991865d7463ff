import Postgres

/// What can be done to many topics at once. The raw values are Discourse's words.
package enum BulkAction: Sendable, Equatable {
    case close, open, archive, unarchive, list, unlist, delete, resetRead
    case dismissPosts, dismissTopics
    case resetBumpDates, removeTags
    case moveTo(CategoryID)
    case setLevel(NotificationLevel)
    case setTags([String])
    case appendTags([String])
}

extension Limits {
    package static let topicsChangedAtOnce = 300
}

extension Community {
    /// Does one thing to several topics; those where it is not allowed are left as they are.
    ///
    /// - Returns: Those where it was done.
    /// - Throws: `ForumError`: `.malformed` for too many.
    package func changeTopics(
        _ ids: [TopicID],
        _ action: BulkAction,
        by principal: Principal
    ) async throws -> [TopicID] {
        guard ids.count <= Limits.topicsChangedAtOnce else {
            throw ForumError(
                .malformed,
                "At most \(Limits.topicsChangedAtOnce) topics can be changed at once.",
                field: "topic_ids"
            )
        }
        switch action {
        case .dismissPosts: return try await readToEnd(of: ids, by: principal)
        case .dismissTopics:
            var dismissal = Dismissal()
            dismissal.topicIDs = ids
            return try await dismiss(dismissal, by: principal)
        default: break
        }
        var changed: [TopicID] = []
        for id in ids {
            do {
                try await change(id, action, by: principal)
                changed.append(id)
            } catch let error as ForumError {
                switch error.code {
                case .notFound, .forbidden, .conflict: continue
                default: throw error
                }
            }
        }
        return changed
    }

    /// The topics with something that the principal has not read, newest first.
    package func unreadTopicIDs(
        in category: CategoryID? = nil,
        by principal: Principal
    ) async throws -> [TopicID] {
        try await database.values(BulkQueries.unread(in: category, for: principal))
    }

    private func change(
        _ id: TopicID,
        _ action: BulkAction,
        by principal: Principal
    ) async throws {
        switch action {
        case .close: try await setTopicStatus(id, status: .closed, enabled: true, by: principal)
        case .open: try await setTopicStatus(id, status: .closed, enabled: false, by: principal)
        case .archive:
            try await setTopicStatus(id, status: .archived, enabled: true, by: principal)
        case .unarchive:
            try await setTopicStatus(id, status: .archived, enabled: false, by: principal)
        case .list: try await setTopicStatus(id, status: .visible, enabled: true, by: principal)
        case .unlist:
            try await setTopicStatus(id, status: .visible, enabled: false, by: principal)
        case .delete: try await deleteTopic(id, by: principal)
        case .resetRead: try await forgetReading(of: id, onlyLast: false, by: principal)
        // Done for all of them at once.
        case .dismissPosts, .dismissTopics: break
        case .resetBumpDates: try await resetTopicBump(id, by: principal)
        case .removeTags: try await editTopic(id, tags: [], by: principal)
        case .moveTo(let category): try await editTopic(id, categoryID: category, by: principal)
        case .setLevel(let level):
            try await setNotificationLevel(level, topic: id, by: principal)
        case .setTags(let tags): try await editTopic(id, tags: tags, by: principal)
        case .appendTags(let tags):
            let present = try await database.all(
                TopicQueries.tags(of: [id], for: .member(principal)),
                as: TaggedTopic.self
            ).map(\.tag.name)
            let new = tags.filter { tag in !present.contains(tag) }
            try await editTopic(id, tags: present + new, by: principal)
        }
    }
}
