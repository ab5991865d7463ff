import Postgres

enum ModerationQueries {
    typealias Moderated = Permitted<ModeratingUser, User>

    static func setAdmin(_ value: Bool, _ user: User, at now: Timestamp) -> SQL {
        "UPDATE users SET admin = \(value), updated_at = \(now) WHERE id = \(user.id)"
    }

    static func setModerator(_ value: Bool, _ user: User, at now: Timestamp) -> SQL {
        "UPDATE users SET moderator = \(value), updated_at = \(now) WHERE id = \(user.id)"
    }

    static func approve(_ user: Moderated, at now: Timestamp) -> SQL {
        "UPDATE users SET approved = true, updated_at = \(now) WHERE id = \(user.resource.id)"
    }

    static func setTrustLevel(_ level: Int, _ user: Moderated, at now: Timestamp) -> SQL {
        """
        UPDATE users SET trust_level = \(level), updated_at = \(now)
        WHERE id = \(user.resource.id)
        """
    }

    static func suspend(_ user: Moderated, until end: Timestamp?, at now: Timestamp) -> SQL {
        """
        UPDATE users SET suspended_till = \(end), updated_at = \(now)
        WHERE id = \(user.resource.id)
        """
    }

    static func silence(_ user: Moderated, until end: Timestamp?, at now: Timestamp) -> SQL {
        """
        UPDATE users SET silenced_till = \(end), updated_at = \(now)
        WHERE id = \(user.resource.id)
        """
    }
}
