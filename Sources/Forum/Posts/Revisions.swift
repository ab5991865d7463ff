import Foundation
import Postgres

/// One revision of a post among the others, as one viewer may see it.
package struct RevisionView: Sendable {
    package let revision: PostRevision
    package let isHidden: Bool
    package let previousNumber: Int?
    package let nextNumber: Int?
    package let firstNumber: Int
    package let lastNumber: Int
    package let count: Int
    package let changes: RevisionChanges
    package let post: PostView
}

/// Field by field what a revision changed: before and after.
package struct RevisionChanges: Sendable, Equatable {
    package var raw: (before: String, after: String)?
    package var title: (before: String, after: String)?
    package var tags: (before: [String], after: [String])?
    package var category: (before: Int64?, after: Int64?)?

    /// - Parameter json: A JSON object: field → [before, after].
    init(json: String) {
        let object: [String: Any]?
        do {
            object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        } catch {
            // The database holds JSON alone; if not, the revision shows no changes.
            object = nil
        }
        raw = Self.pair(object?["raw"]) { $0 as? String }
        title = Self.pair(object?["title"]) { $0 as? String }
        tags = Self.pair(object?["tags"]) { $0 as? [String] }
        if let values = object?["category_id"] as? [Any], values.count == 2 {
            category = (
                (values[0] as? NSNumber)?.int64Value, (values[1] as? NSNumber)?.int64Value
            )
        }
    }

    private static func pair<Value>(
        _ values: Any?,
        _ read: (Any) -> Value?
    ) -> (before: Value, after: Value)? {
        guard let values = values as? [Any], values.count == 2,
            let before = read(values[0]), let after = read(values[1])
        else { return nil }
        return (before, after)
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.raw?.before == right.raw?.before && left.raw?.after == right.raw?.after
            && left.title?.before == right.title?.before
            && left.title?.after == right.title?.after
    }
}

package enum HidingRevision {}

extension Rule where Action == HidingRevision, Resource == PostAccess {
    /// Discourse: staff.
    static var hidingRevision: Self {
        Rule { post, principal in
            post.topic.isDeleted
                ? .deny(.notFound) : principal.isStaff ? .allow : .deny(.forbidden)
        }
    }
}

extension Community {
    /// A revision by its number (2 is the first edit), or the latest. What staff hid is there for
    /// staff alone.
    ///
    /// - Throws: `.notFound`.
    package func revision(
        of id: PostID,
        number: Int?,
        for viewer: Viewer
    ) async throws -> RevisionView {
        let post = try await post(id, for: viewer)
        let found = try await database.all(
            RevisionQueries.list(of: id, includingHidden: viewer.isStaff),
            as: RevisionLine.self
        )
        guard
            let index = number.map({ number in found.firstIndex { $0.number == number } })
                ?? found.indices.last,
            let revision = try await database.first(
                RevisionQueries.revision(found[index].number, of: id),
                as: PostRevision.self
            )
        else { throw ForumError.notFound }
        return RevisionView(
            revision: revision,
            isHidden: found[index].isHidden,
            previousNumber: index > 0 ? found[index - 1].number : nil,
            nextNumber: index + 1 < found.count ? found[index + 1].number : nil,
            firstNumber: found[0].number,
            lastNumber: found[found.count - 1].number,
            count: found.count,
            changes: RevisionChanges(json: revision.modifications),
            post: post
        )
    }

    /// Puts a post back to what it said before a revision; staff only.
    ///
    /// - Throws: `ForumError`: `.notFound`, `.forbidden`, `.invalid` when there is nothing to put back.
    package func revert(
        _ id: PostID,
        toBefore number: Int,
        by principal: Principal
    ) async throws -> PostView {
        let view = try await revision(of: id, number: number, for: .member(principal))
        _ = try principal.may(.hidingRevision, view.post.access)
        let changes = view.changes
        guard changes.raw != nil || changes.title != nil || changes.tags != nil else {
            throw ForumError(.invalid, "That revision changed nothing that can be reverted.")
        }
        return try await editPost(
            id,
            raw: changes.raw?.before ?? view.post.raw ?? "",
            editReason: "reverted to version #\(number - 1)",
            title: changes.title?.before,
            tags: changes.tags?.before,
            by: principal
        )
    }

    /// Keeps a revision from everybody but staff, or no longer.
    ///
    /// - Throws: `ForumError`: `.notFound`, `.forbidden`.
    package func setRevisionHidden(
        _ id: PostID,
        number: Int,
        _ isHidden: Bool,
        by principal: Principal
    ) async throws {
        let post = try await post(id, for: .member(principal))
        let permitted = try principal.may(.hidingRevision, post.access)
        let query = RevisionQueries.setHidden(permitted, number: number, isHidden)
        guard try await database.execute(query) > 0 else { throw ForumError.notFound }
    }
}
