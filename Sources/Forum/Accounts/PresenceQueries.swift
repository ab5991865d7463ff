import Cryptography
import Postgres

enum PresenceQueries {
    static func setStatus(of user: UserID, _ status: UserStatus?) -> SQL {
        """
        UPDATE users SET status_description = \(status?.description),
            status_emoji = \(status?.emoji), status_ends_at = \(status?.endsAt)
        WHERE id = \(user)
        """
    }

    static func rest(_ user: UserID, until end: Timestamp?) -> SQL {
        "UPDATE users SET do_not_disturb_until = \(end) WHERE id = \(user)"
    }

    static func endSession(_ id: Int64, of user: UserID) -> SQL {
        "DELETE FROM sessions WHERE id = \(id) AND user_id = \(user)"
    }
}

extension SessionQueries {
    static func hash(_ token: String?) -> [UInt8]? { token.map { Digest.sha256($0) } }
}
