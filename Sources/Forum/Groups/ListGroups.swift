import Postgres

/// Which groups, in which order, which page.
package struct GroupListQuery: Sendable, Equatable {
    /// Discourse's `type`.
    package enum Kind: String, Sendable, CaseIterable {
        case my
        case owner
        case `public`
        case close
        case automatic
        case nonAutomatic = "non_automatic"
    }

    package enum Order: String, Sendable, CaseIterable {
        case name
        case userCount = "user_count"
    }

    package var type: Kind?
    /// A part of the name or the full name.
    package var text: String?
    /// Groups that this person is in.
    package var member: UserID?
    package var order = Order.name
    package var isAscending = true
    package var limit = Limits.groupsPerPage
    package var offset = 0
    /// Discourse shows the automatic ones to staff alone, but for the moderators.
    var hidesAutomatic = false

    package init() {}
}

extension Community {
    /// One page of the groups that the viewer may know of, and how many there are.
    package func groupList(
        _ query: GroupListQuery,
        for viewer: Viewer
    ) async throws -> (groups: [Group], total: Int) {
        var query = query
        query.limit = min(max(query.limit, 1), Limits.groupsPerPage)
        query.offset = min(max(query.offset, 0), Limits.listRowsMax)
        query.hidesAutomatic = !viewer.isStaff
        query.text = query.text.map { String($0.cleanedOfNUL.prefix(Limits.nameMax)) }
        let answers = try await database.batch(GroupQueries.list(query, for: viewer))
        return (try answers[1].decode(), try answers[0].firstValue() ?? 0)
    }

    /// Groups whose name has `text` in it, for choosing one. Without `includingAll`, those that a
    /// person joins, not those that the forum keeps.
    package func searchGroups(
        _ text: String,
        ignoringAutomatic: Bool,
        for viewer: Viewer
    ) async throws -> [Group] {
        var query = GroupListQuery()
        query.text = text.isEmpty ? nil : String(text.cleanedOfNUL.prefix(Limits.nameMax))
        query.type = ignoringAutomatic ? .nonAutomatic : nil
        query.limit = Limits.groupsFoundMax
        return try await database.all(GroupQueries.list(query, for: viewer)[1])
    }

    /// What a group is beyond its row.
    package func groupDetails(
        _ group: Group,
        for viewer: Viewer
    ) async throws -> GroupDetails {
        let isInside = group.isMember || viewer.isAdmin
        let answers = try await database.batch([
            GroupQueries.categoryLevels(group.id, for: viewer),
            GroupQueries.tagLevels(group.id),
            GroupQueries.names(for: viewer),
            GroupQueries.messageCount(group.id),
        ])
        let canEdit = viewer.principal?.can(.editGroup, group) ?? false
        return GroupDetails(
            categories: Dictionary(
                grouping: try answers[0].decode(GroupLevelRow.self),
                by: \.level
            ).mapValues { $0.map { CategoryID($0.id) } },
            tags: canEdit
                ? Dictionary(grouping: try answers[1].decode(GroupLevelRow.self), by: \.level)
                    .mapValues { $0.map(\.name) } : [:],
            visibleNames: try answers[2].values(String.self),
            // What a group has been sent is its members' alone to know.
            messageCount: isInside ? try answers[3].firstValue(Int.self) ?? 0 : 0,
            canEdit: canEdit
        )
    }
}

/// What only the page of one group shows.
package struct GroupDetails: Sendable {
    /// Notification level to the categories that new members follow at it.
    package let categories: [Int: [CategoryID]]
    package let tags: [Int: [String]]
    /// The names of all groups that the viewer may know of.
    package let visibleNames: [String]
    package let messageCount: Int
    package let canEdit: Bool
}
