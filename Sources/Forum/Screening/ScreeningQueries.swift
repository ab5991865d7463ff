import Postgres

enum ScreeningQueries {
    static func blockEmail(_ address: String) -> SQL {
        """
        INSERT INTO screened_emails (email, action_type) VALUES (lower(\(address)), 1)
        ON CONFLICT (email) DO UPDATE SET action_type = 1
        """
    }

    static func blockIP(_ address: String) -> SQL {
        """
        INSERT INTO screened_ip_addresses (ip_address, action_type) VALUES (\(address)::inet, 1)
        ON CONFLICT (ip_address) DO NOTHING
        """
    }

    static func noteURL(_ link: ScreenedLink) -> SQL {
        """
        INSERT INTO screened_urls (url, domain) VALUES (\(link.url), \(link.domain))
        ON CONFLICT (url) DO NOTHING
        """
    }

    /// Counts the match and returns a row when the address is blocked. `+tag` and, in the local part,
    /// dots do not make another address.
    static func matchEmail(_ address: String, clientIP: String?, at now: Timestamp) -> SQL {
        """
        UPDATE screened_emails SET match_count = match_count + 1, last_match_at = \(now),
            ip_address = coalesce(\(clientIP)::inet, ip_address)
        WHERE action_type = 1 AND (email = \(address)
            OR (split_part(email, '@', 2) = split_part(\(address), '@', 2)
                AND replace(split_part(split_part(email, '@', 1), '+', 1), '.', '')
                    = replace(split_part(split_part(\(address), '@', 1), '+', 1), '.', '')))
        RETURNING id
        """
    }

    /// Counts the match and returns `action_type` of the narrowest network that holds the address.
    static func matchIP(_ address: String, at now: Timestamp) -> SQL {
        """
        UPDATE screened_ip_addresses SET match_count = match_count + 1, last_match_at = \(now)
        WHERE id = (SELECT s.id FROM screened_ip_addresses s
            WHERE s.ip_address >>= \(address)::inet ORDER BY masklen(s.ip_address) DESC LIMIT 1)
        RETURNING action_type
        """
    }

    /// Where a new member signs up from, when this serves a request.
    static func noteRegistration(of user: UserID) -> SQL? {
        guard let address = RequestOrigin.clientIP, ClientNetwork.isAddress(address) else {
            return nil
        }
        return "UPDATE users SET registration_ip = \(address)::inet WHERE id = \(user)"
    }

    // MARK: Lists

    static func emails(limit: Int, offset: Int) -> SQL {
        """
        SELECT id, email, NULL::text, action_type, match_count, last_match_at, created_at,
            host(ip_address)
        FROM screened_emails ORDER BY last_match_at DESC NULLS LAST, id DESC
        LIMIT \(limit) OFFSET \(offset)
        """
    }

    static func addresses(matching filter: String?, limit: Int, offset: Int) -> SQL {
        """
        SELECT id, text(ip_address), NULL::text, action_type, match_count, last_match_at,
            created_at, NULL::text
        FROM screened_ip_addresses
        WHERE \(filter)::inet IS NULL OR ip_address <<= \(filter)::inet
            OR ip_address >>= \(filter)::inet
        ORDER BY match_count DESC, id DESC LIMIT \(limit) OFFSET \(offset)
        """
    }

    static func address(_ id: Int64) -> SQL {
        """
        SELECT id, text(ip_address), NULL::text, action_type, match_count, last_match_at,
            created_at, NULL::text
        FROM screened_ip_addresses WHERE id = \(id)
        """
    }

    static func urls(limit: Int, offset: Int) -> SQL {
        """
        SELECT id, url, domain, action_type, match_count, last_match_at, created_at,
            host(ip_address)
        FROM screened_urls ORDER BY last_match_at DESC NULLS LAST, id DESC
        LIMIT \(limit) OFFSET \(offset)
        """
    }

    // MARK: Changes

    typealias Administrator = Permitted<AdministerSite, WholeSite>

    static func forgetEmail(_ id: Int64, _ permitted: Administrator) -> SQL {
        "DELETE FROM screened_emails WHERE id = \(id) RETURNING email"
    }

    static func insertAddress(
        _ network: String,
        _ action: ScreeningAction,
        _ permitted: Administrator
    ) -> SQL {
        """
        INSERT INTO screened_ip_addresses (ip_address, action_type)
        VALUES (\(network)::inet, \(action.rawValue)::smallint)
        ON CONFLICT (ip_address) DO NOTHING RETURNING id
        """
    }

    static func changeAddress(
        _ id: Int64,
        _ network: String?,
        _ action: ScreeningAction?,
        _ permitted: Administrator
    ) -> SQL {
        """
        UPDATE screened_ip_addresses
        SET ip_address = coalesce(\(network)::inet, ip_address),
            action_type = coalesce(\(action?.rawValue)::smallint, action_type)
        WHERE id = \(id) RETURNING id
        """
    }

    static func forgetAddress(_ id: Int64, _ permitted: Administrator) -> SQL {
        "DELETE FROM screened_ip_addresses WHERE id = \(id) RETURNING text(ip_address)"
    }
}
