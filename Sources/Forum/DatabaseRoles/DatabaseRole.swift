/// Who the forum is to its database, each with the rights it needs and no more.
package enum DatabaseRole: String, Sendable, CaseIterable {
    /// Owns the tables and changes the schema. The name is that of the first versions, which had no other.
    case owner = "parley"
    /// Serves the forum: reads and writes rows, adds to the logs that only grow.
    case application = "parley_app"
    /// Reads for reports what is no credential.
    case reports = "parley_read"
    /// Copies everything.
    case backup = "parley_backup"

    /// What a server of its own makes beside the owner.
    package static let companions: [Self] = [.application, .reports, .backup]
}

/// How the roles reach the database. Where there is only one role, all are the same.
package struct DatabaseAddresses: Sendable {
    package var application: String
    package var owner: String
    package var backup: String

    package init(application: String, owner: String, backup: String) {
        self.application = application
        self.owner = owner
        self.backup = backup
    }

    package static func one(_ address: String) -> DatabaseAddresses {
        DatabaseAddresses(application: address, owner: address, backup: address)
    }

    package var hasRoles: Bool { application != owner }
}
