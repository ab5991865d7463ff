package import Postgres

/// Text that is not posted yet.
package struct Draft: Sendable, Equatable {
    package let key: String
    /// What the client sent, usually JSON.
    package let data: String
    package let sequence: Int
    package let createdAt: Timestamp
}

/// A row of somebody's list of drafts, with the topic that it answers.
package struct ListedDraft: Sendable, RowDecodable {
    package let draft: Draft
    package let topicID: TopicID?
    package let title: String?
    package let slug: String?
    package let categoryID: CategoryID?
    package let isClosed: Bool
    package let isArchived: Bool
    package let archetype: String?

    package init(from row: inout RowReader) throws(PostgresError) {
        draft = try Draft(from: &row)
        topicID = try row.next()
        title = try row.next()
        slug = try row.next()
        categoryID = try row.next()
        isClosed = try row.next(Bool?.self) ?? false
        isArchived = try row.next(Bool?.self) ?? false
        archetype = try row.next()
    }
}

/// Drafts are their writer's alone, so there is nothing to ask about another's.
package enum Drafting {}

package struct DraftPlace: Sendable {
    let key: String
}

extension Rule where Action == Drafting, Resource == DraftPlace {
    static var drafting: Self {
        Rule { _, principal in principal.isStaged ? .deny(.forbidden) : .allow }
    }
}

enum DraftRules {
    /// - Throws: `.malformed`.
    static func checked(key: String) throws(ForumError) -> String {
        let length = key.unicodeScalars.count
        guard (1...Limits.draftKeyMax).contains(length),
            !key.unicodeScalars.contains(where: { $0.value < 0x20 })
        else {
            throw ForumError(
                .malformed,
                "draft_key must have 1 to \(Limits.draftKeyMax) characters.",
                field: "draft_key"
            )
        }
        return key
    }
}

extension Limits {
    static let draftKeyMax = 100
    /// Discourse's `max_draft_length`, in Unicode scalars.
    static let draftMax = 400_000
    /// Discourse's `max_drafts_per_user`.
    static let draftsPerUser = 10_000
    package static let draftsPerPage = 30
}
