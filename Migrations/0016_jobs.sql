-- Work that is planned or put off. What has a period runs again and again and is never removed; anything
-- else is removed when it is done, and stays as a dead letter when it was tried too often.
CREATE TABLE jobs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    -- Of one key there is one job at most, dead or alive.
    unique_key text UNIQUE,
    payload jsonb NOT NULL DEFAULT '{}',
    -- The smaller ones first.
    priority smallint NOT NULL DEFAULT 0,
    period_seconds integer CHECK (period_seconds > 0),
    run_at timestamptz NOT NULL,
    -- Counted when it is begun, so that work which ends its process counts too.
    attempts integer NOT NULL DEFAULT 0,
    -- Whoever works on it renews this; when it has run out, another process begins again.
    leased_until timestamptz,
    -- Which beginning holds it: an earlier one that comes back late may not say that it is done.
    lease bigint,
    died_at timestamptz,
    last_error text,
    last_finished_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX jobs_due ON jobs (priority, run_at, id) WHERE died_at IS NULL;

-- Which topics one person follows, with all that their counts need: no row of theirs is read for it.
CREATE INDEX topic_users_tracked ON topic_users (user_id, topic_id)
    INCLUDE (notification_level, last_read_post_number) WHERE notification_level >= 2;

-- The newest entry of the review queue that a member of staff has seen.
ALTER TABLE users ADD COLUMN seen_reviewable_id bigint NOT NULL DEFAULT 0;

-- Whose rights changed, said to every node at once: streams that stay open ask again who they are for.
-- Such changes are rare, so that the commits of other writers do not wait for the lock of NOTIFY.
CREATE FUNCTION tell_of_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('parley_bus', 'access:' || coalesce(changed.who, '*'))
    FROM (SELECT DISTINCT to_jsonb(r) ->> TG_ARGV[0] AS who FROM changed_rows r) changed;
    RETURN NULL;
END $$;
CREATE TRIGGER sessions_tell_of_access AFTER DELETE ON sessions
    REFERENCING OLD TABLE AS changed_rows
    FOR EACH STATEMENT EXECUTE FUNCTION tell_of_access('user_id');
CREATE TRIGGER group_users_tell_of_access_gained AFTER INSERT ON group_users
    REFERENCING NEW TABLE AS changed_rows
    FOR EACH STATEMENT EXECUTE FUNCTION tell_of_access('user_id');
CREATE TRIGGER group_users_tell_of_access_lost AFTER DELETE ON group_users
    REFERENCING OLD TABLE AS changed_rows
    FOR EACH STATEMENT EXECUTE FUNCTION tell_of_access('user_id');

CREATE FUNCTION tell_of_row_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('parley_bus', 'access:' || coalesce(to_jsonb(OLD) ->> TG_ARGV[0], '*'));
    RETURN NULL;
END $$;
CREATE TRIGGER api_keys_tell_of_access AFTER UPDATE OF revoked_at ON api_keys
    FOR EACH ROW EXECUTE FUNCTION tell_of_row_access('user_id');
CREATE TRIGGER api_keys_tell_of_access_lost AFTER DELETE ON api_keys
    FOR EACH ROW EXECUTE FUNCTION tell_of_row_access('user_id');
CREATE TRIGGER user_api_keys_tell_of_access AFTER UPDATE OF revoked_at ON user_api_keys
    FOR EACH ROW EXECUTE FUNCTION tell_of_row_access('user_id');
CREATE TRIGGER user_api_keys_tell_of_access_lost AFTER DELETE ON user_api_keys
    FOR EACH ROW EXECUTE FUNCTION tell_of_row_access('user_id');
CREATE TRIGGER users_tell_of_access
    AFTER UPDATE OF admin, moderator, active, approved, staged, suspended_till, silenced_till ON users
    FOR EACH ROW EXECUTE FUNCTION tell_of_row_access('id');
