import Postgres

enum DatabaseRoleQueries {
    /// Roles of ours that the server has.
    static func existing() -> SQL {
        """
        SELECT rolname FROM pg_roles
        WHERE rolname = ANY(\(DatabaseRole.allCases.map(\.rawValue))::text[]) ORDER BY rolname
        """
    }

    /// Name of the session's role, and whether it may change the schema.
    static func session() -> SQL {
        """
        SELECT current_user, has_schema_privilege('public', 'CREATE'), rolsuper,
            current_setting('server_version_num')::int, current_database(),
            (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
        FROM pg_roles WHERE rolname = current_user
        """
    }

    /// The rights of each role, as a script: nothing in it comes from outside. Run it after every change
    /// of the schema, as the owner; running it again changes nothing.
    ///
    /// Which tables only grow is seen from the trigger that holds them so; which hold credentials from
    /// their names, which the rules of the schema prescribe.
    static func grants(to roles: [DatabaseRole]) -> String {
        var script = """
            SELECT pg_advisory_xact_lock(7239114066);
            REVOKE CREATE ON SCHEMA public FROM PUBLIC;
            REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;
            REVOKE EXECUTE ON FUNCTION public.analyze_imported() FROM PUBLIC;

            """
        if roles.contains(.application) { script += application }
        if roles.contains(.backup) { script += backup }
        if roles.contains(.reports) { script += reports }
        return script
    }

    private static let application = """
        GRANT USAGE ON SCHEMA public TO parley_app;
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO parley_app;
        GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO parley_app;
        GRANT EXECUTE ON FUNCTION public.analyze_imported() TO parley_app;
        REVOKE INSERT, UPDATE, DELETE ON public.schema_migrations FROM parley_app;
        DO $$ DECLARE log regclass; BEGIN
            FOR log IN \(logs) LOOP
                EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM parley_app', log);
            END LOOP;
        END $$;

        """

    private static let backup = """
        GRANT USAGE ON SCHEMA public TO parley_backup;
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO parley_backup;
        GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO parley_backup;

        """

    private static let reports = """
        GRANT USAGE ON SCHEMA public TO parley_read;
        REVOKE ALL ON ALL TABLES IN SCHEMA public FROM parley_read;
        DO $$ DECLARE shown record; BEGIN
            FOR shown IN SELECT a.attrelid::regclass AS relation,
                    string_agg(quote_ident(a.attname), ', ') AS columns
                FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                    AND a.attnum > 0 AND NOT a.attisdropped
                    AND c.relname !~ '\(credentials)' AND a.attname !~ '\(credentials)'
                GROUP BY a.attrelid LOOP
                EXECUTE format('GRANT SELECT (%s) ON %s TO parley_read', shown.columns, shown.relation);
            END LOOP;
        END $$;

        """

    /// Names of tables and columns that say that credentials are within, or texts that may hold some.
    private static let credentials =
        "(session|token|key|secret|factor|credential|sso|external|password|otp|nonce|sealed|payload|"
        + "setting|email|outgoing|incoming)"

    /// Tables whose rows are never changed.
    private static let logs = """
        SELECT DISTINCT t.tgrelid::regclass FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE p.proname = 'refuse_change_of_log' AND t.tgrelid::regclass::text !~ '^parley_replaced'
        """

    /// What a role may do that it should not, and may not do that it needs, one sentence a row.
    static func wrongRights(of role: DatabaseRole) -> SQL? {
        switch role {
        case .owner: nil
        case .application: applicationProblems
        case .reports: reportsProblems
        case .backup: backupProblems
        }
    }

    private static let tables: SQL = """
        (SELECT c.oid, c.relname FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')) c
        """

    private static let growing: SQL = """
        EXISTS (SELECT 1 FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
            WHERE t.tgrelid = c.oid AND p.proname = 'refuse_change_of_log')
        """

    private static let applicationProblems: SQL = """
        SELECT 'may not use ' || c.relname FROM \(tables)
        WHERE c.relname <> 'schema_migrations' AND NOT (has_table_privilege('parley_app', c.oid, 'SELECT')
            AND has_table_privilege('parley_app', c.oid, 'INSERT')
            AND (\(growing) OR has_table_privilege('parley_app', c.oid, 'UPDATE')
                AND has_table_privilege('parley_app', c.oid, 'DELETE')))
        UNION ALL SELECT 'may change ' || c.relname || ', which only grows' FROM \(tables)
        WHERE \(growing) AND (has_table_privilege('parley_app', c.oid, 'UPDATE')
            OR has_table_privilege('parley_app', c.oid, 'DELETE')
            OR has_table_privilege('parley_app', c.oid, 'TRUNCATE'))
        UNION ALL SELECT 'may not refresh the statistics of tables'
        WHERE NOT has_function_privilege('parley_app', 'public.analyze_imported()', 'EXECUTE')
        UNION ALL SELECT 'may change the schema'
        WHERE has_schema_privilege('parley_app', 'public', 'CREATE')
            OR EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'parley_app' AND (rolsuper OR rolcreaterole))
        """

    private static let reportsProblems: SQL = """
        SELECT 'may write ' || c.relname FROM \(tables)
        WHERE has_table_privilege('parley_read', c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
        UNION ALL SELECT 'may read ' || c.relname FROM \(tables)
        WHERE c.relname ~ '(session|token|key|secret|factor|credential)'
            AND has_any_column_privilege('parley_read', c.oid, 'SELECT')
        UNION ALL SELECT 'may read the hashes of passwords'
        WHERE has_column_privilege('parley_read', 'public.users', 'password_hash', 'SELECT')
        UNION ALL SELECT 'may not read ' || c.relname FROM \(tables)
        WHERE c.relname !~ \(credentials) AND NOT has_any_column_privilege('parley_read', c.oid, 'SELECT')
            AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
                AND NOT a.attisdropped AND a.attname !~ \(credentials))
        """

    private static let backupProblems: SQL = """
        SELECT 'may write ' || c.relname FROM \(tables)
        WHERE has_table_privilege('parley_backup', c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
        UNION ALL SELECT 'may not read ' || c.relname FROM \(tables)
        WHERE NOT has_table_privilege('parley_backup', c.oid, 'SELECT')
        """

    /// The script that makes the roles on a server elsewhere.
    static func setUp(database: String) -> String {
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
