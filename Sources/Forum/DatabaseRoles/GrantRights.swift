package import Postgres

/// What the database says of itself and of the role that asks.
package struct DatabaseSession: Sendable, RowDecodable {
    package let role: String
    package let mayChangeSchema: Bool
    package let isSuperuser: Bool
    /// Such as 150004.
    package let serverVersion: Int
    package let database: String
    package let time: Timestamp

    package init(from row: inout RowReader) throws(PostgresError) {
        role = try row.next()
        mayChangeSchema = try row.next()
        isSuperuser = try row.next()
        serverVersion = try row.next()
        database = try row.next()
        time = Timestamp(microseconds: try row.next())
    }
}

extension DatabaseRole {
    /// Gives the roles that the server has their rights on a migrated database.
    ///
    /// - Parameter database: As the owner.
    /// - Returns: Those roles.
    @discardableResult
    package static func grantRights(on database: Pool) async throws -> [DatabaseRole] {
        let roles = try await existing(on: database)
        for role in roles where try await !role.wrongRights(on: database).isEmpty {
            try await database.administer(DatabaseRoleQueries.grants(to: roles))
            break
        }
        return roles
    }

    package static func existing(on database: Pool) async throws(PostgresError) -> [DatabaseRole] {
        try await database.values(DatabaseRoleQueries.existing(), as: String.self)
            .compactMap { DatabaseRole(rawValue: $0) }
    }

    /// Who asks, and where.
    package static func session(of database: Pool) async throws -> DatabaseSession {
        guard let session: DatabaseSession = try await database.first(DatabaseRoleQueries.session())
        else { throw ForumError(.bug, "The database knows no role of this session.") }
        return session
    }

    /// What is wrong with the rights of a role that there is; empty when all is well.
    package func wrongRights(on database: Pool) async throws(PostgresError) -> [String] {
        guard let query = DatabaseRoleQueries.wrongRights(of: self) else { return [] }
        return try await database.values(query, as: String.self)
    }

    /// What the administrator of a server elsewhere runs once, as a superuser, to have all roles.
    package static func setUp(database: String) -> String {
        """
        -- Roles for the forum. Run it as a superuser, connected to the forum's database:
        --   psql -d \(database) -f this-file
        -- and give each role a password of its own: \\password parley_app
        DO $$ DECLARE name text; BEGIN
            FOREACH name IN ARRAY ARRAY['parley', 'parley_app', 'parley_read', 'parley_backup'] LOOP
                IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name) THEN
                    EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE', name);
                END IF;
                EXECUTE format('ALTER ROLE %I SET search_path = public', name);
            END LOOP;
            EXECUTE format('ALTER DATABASE %I OWNER TO parley', current_database());
            EXECUTE format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
            EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO parley_app', current_database());
            EXECUTE format('GRANT CONNECT ON DATABASE %I TO parley_read, parley_backup',
                current_database());
        END $$;
        ALTER SCHEMA public OWNER TO parley;
        -- What another role made so far becomes the owner's.
        DO $$ DECLARE made record; BEGIN
            FOR made IN SELECT format('ALTER TABLE %s OWNER TO parley', c.oid::regclass) AS change
                FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                UNION ALL SELECT format('ALTER ROUTINE %s OWNER TO parley', p.oid::regprocedure)
                FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
                    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
            LOOP EXECUTE made.change; END LOOP;
        END $$;
        -- Then set, for parleyd:
        --   PARLEY_DATABASE_URL=postgresql://parley_app:…@host/\(database)
        --   PARLEY_DATABASE_OWNER_URL=postgresql://parley:…@host/\(database)
        --   PARLEY_DATABASE_BACKUP_URL=postgresql://parley_backup:…@host/\(database)
        -- parleyd gives the roles their rights on the tables whenever it starts as the owner.
        """
    }
}
