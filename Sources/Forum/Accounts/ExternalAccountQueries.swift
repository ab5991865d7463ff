import Postgres

enum ExternalAccountQueries {
    static func user(_ provider: String, _ externalID: String) -> SQL {
        """
        SELECT user_id FROM external_accounts
        WHERE provider = \(provider) AND external_id = \(externalID)
        """
    }

    static func link(_ user: UserID, _ account: ExternalAccount, at now: Timestamp) -> SQL {
        """
        INSERT INTO external_accounts (provider, external_id, user_id, created_at, updated_at)
        VALUES (\(account.provider), \(account.externalID), \(user), \(now), \(now))
        """
    }

    /// The id of somebody at a provider from now on, whatever it was.
    static func relink(_ user: UserID, _ account: ExternalAccount, at now: Timestamp) -> SQL {
        """
        INSERT INTO external_accounts (provider, external_id, user_id, created_at, updated_at)
        VALUES (\(account.provider), \(account.externalID), \(user), \(now), \(now))
        ON CONFLICT (user_id, provider) DO UPDATE
        SET external_id = excluded.external_id, updated_at = excluded.updated_at
        """
    }

    static func unlink(_ user: UserID, _ provider: String) -> SQL {
        "DELETE FROM external_accounts WHERE user_id = \(user) AND provider = \(provider)"
    }

    static func all(of user: UserID) -> SQL {
        """
        SELECT provider, external_id FROM external_accounts WHERE user_id = \(user)
        ORDER BY provider
        """
    }
}
