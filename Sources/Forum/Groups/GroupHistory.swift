package import Postgres

/// One thing that was done to a group.
package struct GroupLog: Sendable, Equatable, RowDecodable {
    /// Discourse's names and numbers.
    package enum Action: Int, Sendable, CaseIterable {
        case changeSetting = 1
        case addUser = 2
        case removeUser = 3
        case makeOwner = 4
        case removeOwner = 5

        package var name: String {
            switch self {
            case .changeSetting: "change_group_setting"
            case .addUser: "add_user_to_group"
            case .removeUser: "remove_user_from_group"
            case .makeOwner: "make_user_group_owner"
            case .removeOwner: "remove_user_as_group_owner"
            }
        }

        package init?(name: String) {
            guard let action = Self.allCases.first(where: { $0.name == name }) else { return nil }
            self = action
        }
    }

    package let action: Int
    package let subject: String?
    package let before: String?
    package let after: String?
    package let createdAt: Timestamp
    package let actor: String?
    package let target: String?

    package init(from row: inout RowReader) throws(PostgresError) {
        action = try row.next()
        subject = try row.next()
        before = try row.next()
        after = try row.next()
        createdAt = try row.next()
        actor = try row.next()
        target = try row.next()
    }
}

/// Which entries of a group's history.
package struct GroupLogQuery: Sendable {
    package var action: GroupLog.Action?
    /// Usernames.
    package var actor: String?
    package var target: String?
    package var subject: String?
    /// From 0.
    package var page = 0

    package init() {}
}

extension Community {
    /// What was done to a group, newest first, for those who manage it.
    ///
    /// - Throws: `.forbidden`.
    package func logs(
        of group: Group,
        _ query: GroupLogQuery,
        by principal: Principal
    ) async throws -> (logs: [GroupLog], isAll: Bool) {
        let permitted = try principal.may(.editGroup, group)
        let found: [GroupLog] = try await database.all(GroupLogQueries.list(permitted, query))
        return (
            Array(found.prefix(Limits.groupLogsPerPage)), found.count <= Limits.groupLogsPerPage
        )
    }
}
