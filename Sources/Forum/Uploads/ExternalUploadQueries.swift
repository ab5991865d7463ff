import Postgres

enum ExternalUploadQueries {
    static let columns: SQL = """
        e.unique_identifier, e.external_identifier, e.user_id, e.upload_type, e.filename,
        e.filesize, e.sha1
        """

    /// Nothing comes back when too many are on the way.
    static func begin(
        _ permitted: Permitted<SendingFile, UploadTarget>,
        _ new: UploadAnnouncement,
        identifier: String,
        external: String?,
        at now: Timestamp
    ) -> SQL {
        """
        WITH e AS (
            INSERT INTO external_uploads (unique_identifier, external_identifier, user_id,
                upload_type, filename, filesize, sha1, created_at)
            SELECT \(identifier), \(external)::text, \(permitted.principal.id), \(new.type),
                \(new.filename), \(new.filesize), \(new.sha1)::text, \(now)::timestamptz
            WHERE (SELECT count(*) FROM external_uploads mine
                WHERE mine.user_id = \(permitted.principal.id)) < \(Limits.externalUploadsPerUser)
            RETURNING *
        )
        SELECT \(columns) FROM e
        """
    }

    static func find(_ identifier: String, of user: UserID) -> SQL {
        """
        SELECT \(columns) FROM external_uploads e
        WHERE e.unique_identifier = \(identifier) AND e.user_id = \(user)
        """
    }

    static func find(external identifier: String, of user: UserID) -> SQL {
        """
        SELECT \(columns) FROM external_uploads e
        WHERE e.external_identifier = \(identifier) AND e.user_id = \(user)
        """
    }

    /// For whoever holds an address that the server signed.
    static func find(signed identifier: String) -> SQL {
        "SELECT \(columns) FROM external_uploads e WHERE e.unique_identifier = \(identifier)"
    }

    /// Takes it off the list: whoever gets the row completes it, and nobody else.
    static func take(_ upload: ExternalUpload) -> SQL {
        """
        DELETE FROM external_uploads WHERE unique_identifier = \(upload.uniqueIdentifier)
        RETURNING unique_identifier
        """
    }

    static func expire(before: Timestamp) -> SQL {
        "DELETE FROM external_uploads WHERE created_at < \(before) RETURNING unique_identifier"
    }
}
