import Postgres

enum MailCommandQueries {
    static func insert(
        _ hash: [UInt8],
        _ command: MailCommand,
        address: String,
        category: CategoryID?,
        tag: TagID?,
        until end: Timestamp
    ) -> SQL {
        """
        INSERT INTO mail_command_tokens
            (token_hash, command, address_lower, category_id, tag_id, expires_at)
        VALUES (\(hash)::bytea, \(command.rawValue), \(address), \(category)::bigint, \(tag)::bigint,
            \(end))
        """
    }

    static func find(_ hash: [UInt8], at now: Timestamp) -> SQL {
        """
        SELECT k.command, k.address_lower, k.category_id, c.name, g.name
        FROM mail_command_tokens k LEFT JOIN categories c ON c.id = k.category_id
            LEFT JOIN tags g ON g.id = k.tag_id
        WHERE k.token_hash = \(hash)::bytea AND k.expires_at > \(now)
        """
    }

    /// Uses a secret up: of two who come with it at once, one gets the row.
    static func take(_ hash: [UInt8], at now: Timestamp) -> SQL {
        """
        DELETE FROM mail_command_tokens
        WHERE token_hash = \(hash)::bytea AND expires_at > \(now) RETURNING command
        """
    }

    static func expire(at now: Timestamp) -> SQL {
        "DELETE FROM mail_command_tokens WHERE expires_at <= \(now)"
    }
}
