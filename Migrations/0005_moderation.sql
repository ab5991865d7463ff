-- What staff does about people and posts: penalties, flags, the review queue, screening, and the log of it all.

ALTER TABLE users
    ADD COLUMN suspended_at timestamptz,
    ADD COLUMN suspended_by_id bigint REFERENCES users ON DELETE SET NULL,
    ADD COLUMN suspend_reason text CHECK (char_length(suspend_reason) <= 1000),
    ADD COLUMN silenced_at timestamptz,
    ADD COLUMN silenced_by_id bigint REFERENCES users ON DELETE SET NULL,
    ADD COLUMN silence_reason text CHECK (char_length(silence_reason) <= 1000),
    ADD COLUMN approved_at timestamptz,
    ADD COLUMN approved_by_id bigint REFERENCES users ON DELETE SET NULL,
    -- Trust neither rises nor falls by itself while this is set.
    ADD COLUMN manual_locked_trust_level smallint CHECK (manual_locked_trust_level BETWEEN 0 AND 4);
ALTER TABLE users ADD COLUMN registration_ip inet;
-- How badly mails to the address fail; 4 and more stop them.
ALTER TABLE users ADD COLUMN bounce_score real NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN reset_bounce_score_after timestamptz;
CREATE INDEX users_by_creation ON users (created_at DESC, id DESC);
CREATE INDEX users_suspended ON users (suspended_till) WHERE suspended_till IS NOT NULL;
CREATE INDEX users_silenced ON users (silenced_till) WHERE silenced_till IS NOT NULL;
CREATE INDEX users_staff ON users (id) WHERE admin OR moderator;
CREATE INDEX users_not_approved ON users (id) WHERE NOT approved;

-- Days on which somebody was here, and their badges. The tables come with later migrations, which
-- PL/pgSQL looks up when it runs.
CREATE FUNCTION days_visited(person bigint) RETURNS integer LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT count(*)::integer FROM user_visits v WHERE v.user_id = person);
END $$;
CREATE FUNCTION badges_of(person bigint) RETURNS integer LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT count(DISTINCT b.badge_id)::integer FROM user_badges b WHERE b.user_id = person);
END $$;

-- Whoever may flag may also write to the moderators.
UPDATE groups SET messageable_level = 99 WHERE id = 2;

-- Everything staff does, for ever. Numbers of what it was done to are kept without a reference: a line
-- outlives its people.
CREATE TABLE staff_action_logs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Discourse's name, such as suspend_user.
    action text NOT NULL CHECK (char_length(action) <= 100),
    acting_user_id bigint NOT NULL,
    target_user_id bigint,
    subject text CHECK (char_length(subject) <= 1000),
    details text CHECK (char_length(details) <= 10000),
    context text CHECK (char_length(context) <= 1000),
    previous_value text CHECK (char_length(previous_value) <= 10000),
    new_value text CHECK (char_length(new_value) <= 10000),
    email text,
    ip_address inet,
    topic_id bigint,
    post_id bigint,
    category_id bigint,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX staff_action_logs_by_action ON staff_action_logs (action, id DESC);
CREATE INDEX staff_action_logs_by_actor ON staff_action_logs (acting_user_id, id DESC);
CREATE INDEX staff_action_logs_by_target ON staff_action_logs (target_user_id, id DESC);

CREATE FUNCTION refuse_change_of_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log of staff actions is only added to';
END $$;
CREATE TRIGGER staff_action_logs_only_grow BEFORE UPDATE OR DELETE ON staff_action_logs
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_log();

-- Whom and what sign-ups and posts are checked against. action_type: 1 block, 2 do nothing, 3 allow (as staff).
CREATE TABLE screened_emails (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE CHECK (char_length(email) <= 254),
    action_type smallint NOT NULL DEFAULT 1 CHECK (action_type BETWEEN 1 AND 2),
    match_count integer NOT NULL DEFAULT 0,
    last_match_at timestamptz,
    ip_address inet,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE screened_ip_addresses (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- An address or a network.
    ip_address inet NOT NULL UNIQUE,
    action_type smallint NOT NULL DEFAULT 1 CHECK (action_type BETWEEN 1 AND 3),
    match_count integer NOT NULL DEFAULT 0,
    last_match_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX screened_ip_addresses_containing ON screened_ip_addresses USING gist (ip_address inet_ops);
CREATE TABLE screened_urls (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    url text NOT NULL UNIQUE CHECK (char_length(url) <= 2000),
    domain text NOT NULL CHECK (char_length(domain) <= 255),
    action_type smallint NOT NULL DEFAULT 2 CHECK (action_type BETWEEN 1 AND 2),
    match_count integer NOT NULL DEFAULT 0,
    last_match_at timestamptz,
    ip_address inet,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Words that do something to a post that has them; the numbers of the actions are Discourse's.
CREATE TABLE watched_words (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    word text NOT NULL CHECK (char_length(word) BETWEEN 1 AND 100),
    word_lower text NOT NULL,
    -- 1 block, 2 censor, 3 require_approval, 4 flag, 5 replace, 6 tag, 7 silence, 8 link.
    action smallint NOT NULL CHECK (action BETWEEN 1 AND 8),
    -- For replace, tag and link.
    replacement text CHECK (char_length(replacement) <= 255),
    case_sensitive boolean NOT NULL DEFAULT false,
    html boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (word_lower, action)
);

-- Flags are post_actions like likes. What staff decided about one:
ALTER TABLE post_actions
    ADD COLUMN agreed_at timestamptz,
    ADD COLUMN disagreed_at timestamptz,
    ADD COLUMN deferred_at timestamptz,
    ADD COLUMN decided_by_id bigint REFERENCES users ON DELETE SET NULL,
    -- The topic of the message that the flag sent.
    ADD COLUMN related_topic_id bigint REFERENCES topics ON DELETE SET NULL;
CREATE INDEX post_actions_flags ON post_actions (post_id) WHERE post_action_type_id <> 2;

ALTER TABLE posts ADD COLUMN hidden_at timestamptz;
-- Discourse's numbers: 1 flags, 2 flags again, 3 staff, 5 flagged by a trusted member.
ALTER TABLE posts ADD COLUMN hidden_reason_id smallint;

-- What waits for staff, and what became of it.
CREATE TABLE reviewables (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    type text NOT NULL CHECK (type IN
        ('ReviewableFlaggedPost', 'ReviewableQueuedPost', 'ReviewableUser', 'ReviewablePost')),
    -- 0 pending, 1 approved, 2 rejected, 3 ignored, 4 deleted.
    status smallint NOT NULL DEFAULT 0 CHECK (status BETWEEN 0 AND 4),
    created_by_id bigint REFERENCES users ON DELETE SET NULL,
    claimed_by_id bigint REFERENCES users ON DELETE SET NULL,
    category_id bigint REFERENCES categories ON DELETE SET NULL,
    topic_id bigint REFERENCES topics ON DELETE SET NULL,
    -- 'Post' or 'User'.
    target_type text,
    target_id bigint,
    target_created_by_id bigint REFERENCES users ON DELETE SET NULL,
    payload jsonb NOT NULL DEFAULT '{}',
    score double precision NOT NULL DEFAULT 0,
    potential_spam boolean NOT NULL DEFAULT false,
    reject_reason text CHECK (char_length(reject_reason) <= 2000),
    latest_score timestamptz,
    -- Counts every change, so that nobody decides on what they have not seen.
    version integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((target_type IS NULL) = (target_id IS NULL))
);
CREATE UNIQUE INDEX reviewables_once ON reviewables (type, target_id) WHERE target_id IS NOT NULL;
CREATE INDEX reviewables_pending ON reviewables (score DESC, id DESC) WHERE status = 0;
CREATE INDEX reviewables_by_status ON reviewables (status, id DESC);
CREATE INDEX reviewables_by_target ON reviewables (target_type, target_id);
CREATE INDEX reviewables_by_topic ON reviewables (topic_id);
CREATE INDEX reviewables_by_author ON reviewables (target_created_by_id, status);

CREATE TABLE reviewable_scores (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reviewable_id bigint NOT NULL REFERENCES reviewables ON DELETE CASCADE,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    -- A type of post action, or 9: needs approval.
    score_type smallint NOT NULL,
    -- 0 pending, 1 agreed, 2 disagreed, 3 ignored.
    status smallint NOT NULL DEFAULT 0 CHECK (status BETWEEN 0 AND 3),
    score double precision NOT NULL,
    take_action_bonus double precision NOT NULL DEFAULT 0,
    -- Why the forum itself put it here, such as watched_word.
    reason text CHECK (char_length(reason) <= 255),
    meta_topic_id bigint REFERENCES topics ON DELETE SET NULL,
    reviewed_by_id bigint REFERENCES users ON DELETE SET NULL,
    reviewed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX reviewable_scores_by_reviewable ON reviewable_scores (reviewable_id, id);
CREATE INDEX reviewable_scores_by_user ON reviewable_scores (user_id);

CREATE TABLE reviewable_histories (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reviewable_id bigint NOT NULL REFERENCES reviewables ON DELETE CASCADE,
    -- 0 created, 1 transitioned, 2 edited, 3 claimed, 4 unclaimed.
    history_type smallint NOT NULL CHECK (history_type BETWEEN 0 AND 4),
    status smallint NOT NULL,
    created_by_id bigint REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX reviewable_histories_by_reviewable ON reviewable_histories (reviewable_id, id);

-- Who waits for approval is in the queue as soon as their address is confirmed, whoever made the account;
-- who is approved in any way is out of it.
CREATE FUNCTION queue_user_for_review() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found bigint;
BEGIN
    IF NOT NEW.approved AND NEW.active AND NOT NEW.staged AND NEW.id > 0 THEN
        INSERT INTO reviewables (type, created_by_id, target_type, target_id, target_created_by_id, payload,
            score, latest_score)
        VALUES ('ReviewableUser', -1, 'User', NEW.id, NEW.id, jsonb_build_object('username', NEW.username,
            'name', NEW.name), 1, now())
        ON CONFLICT (type, target_id) WHERE target_id IS NOT NULL DO NOTHING
        RETURNING id INTO found;
        IF found IS NOT NULL THEN
            INSERT INTO reviewable_scores (reviewable_id, user_id, score_type, score, reason)
                VALUES (found, -1, 9, 1, 'must_approve_users');
            INSERT INTO reviewable_histories (reviewable_id, history_type, status, created_by_id)
                VALUES (found, 0, 0, -1);
        END IF;
    ELSIF NEW.approved THEN
        UPDATE reviewables SET status = 1, version = version + 1, updated_at = now()
            WHERE type = 'ReviewableUser' AND target_id = NEW.id AND status = 0;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER users_wait_for_review AFTER INSERT OR UPDATE OF active, approved, staged ON users
    FOR EACH ROW WHEN (NOT NEW.approved) EXECUTE FUNCTION queue_user_for_review();
CREATE TRIGGER users_leave_review AFTER UPDATE OF approved ON users
    FOR EACH ROW WHEN (NEW.approved AND NOT OLD.approved) EXECUTE FUNCTION queue_user_for_review();

-- Staff hears of every change of the queue.
CREATE FUNCTION tell_of_reviewable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outbox (event, data) VALUES ('reviewable_updated', jsonb_build_object('id', NEW.id));
    RETURN NULL;
END $$;
CREATE TRIGGER reviewables_are_told_of AFTER INSERT OR UPDATE OF status ON reviewables
    FOR EACH ROW EXECUTE FUNCTION tell_of_reviewable();

-- Removes a user whose posts are deleted. What must keep an author or an editor gets the system as one;
-- what is only theirs goes with the row.
CREATE FUNCTION remove_user(person bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE link record;
BEGIN
    FOR link IN
        SELECT c.conrelid::regclass AS tab, a.attname AS col
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid = 'users'::regclass AND c.confdeltype IN ('a', 'r')
            AND cardinality(c.conkey) = 1
    LOOP
        EXECUTE format('UPDATE %s SET %I = -1 WHERE %I = $1', link.tab, link.col, link.col) USING person;
    END LOOP;
    -- What waits of somebody who is gone waits no longer.
    UPDATE reviewables SET status = 4, version = version + 1, updated_at = now()
    WHERE status = 0 AND ((type = 'ReviewableUser' AND target_id = person)
        OR (type = 'ReviewableQueuedPost' AND target_created_by_id = person));
    DELETE FROM users WHERE id = person;
    RETURN FOUND;
END $$;

-- Takes from an account what proves who somebody is, and what they said of themselves in columns that later
-- migrations add.
CREATE FUNCTION forget_identity(person bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE link record;
BEGIN
    FOR link IN
        SELECT c.conrelid::regclass AS tab, a.attname AS col
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid = 'users'::regclass AND c.confdeltype = 'c'
            AND cardinality(c.conkey) = 1
            AND c.conrelid::regclass::text ~
                '(session|token|key|secret|factor|credential|sso|single_sign|associated|external|email_change|password)'
    LOOP
        EXECUTE format('DELETE FROM %s WHERE %I = $1', link.tab, link.col) USING person;
    END LOOP;
    FOR link IN
        SELECT a.attname AS col FROM pg_attribute a
        WHERE a.attrelid = 'users'::regclass AND NOT a.attisdropped AND NOT a.attnotnull AND a.attname IN
            ('date_of_birth', 'uploaded_avatar_id', 'gravatar_email_md5', 'profile_background_upload_id',
            'card_background_upload_id', 'timezone', 'featured_topic_id', 'locale', 'status_description',
            'status_emoji')
    LOOP
        EXECUTE format('UPDATE users SET %I = NULL WHERE id = $1', link.col) USING person;
    END LOOP;
    FOR link IN
        SELECT a.attname AS col FROM pg_attribute a
        WHERE a.attrelid = 'users'::regclass AND NOT a.attisdropped
            AND a.attname IN ('custom_fields', 'user_fields')
    LOOP
        EXECUTE format('UPDATE users SET %I = ''{}'' WHERE id = $1', link.col) USING person;
    END LOOP;
END $$;

-- Has texts that call somebody by a former name changed, where the forum does that.
CREATE FUNCTION note_new_name(person bigint, former text, current text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF to_regclass('username_changes') IS NOT NULL THEN
        INSERT INTO username_changes (user_id, old_username, new_username)
        VALUES (person, former, current);
    END IF;
END $$;

-- How many second factors somebody had; none where the forum knows no such thing.
CREATE FUNCTION forget_second_factors(person bigint) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    link record;
    gone integer;
    total integer := 0;
BEGIN
    FOR link IN
        SELECT c.conrelid::regclass AS tab, a.attname AS col
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid = 'users'::regclass AND c.confdeltype = 'c'
            AND cardinality(c.conkey) = 1 AND c.conrelid::regclass::text ~ 'second_factor'
    LOOP
        EXECUTE format('DELETE FROM %s WHERE %I = $1', link.tab, link.col) USING person;
        GET DIAGNOSTICS gone = ROW_COUNT;
        total := total + gone;
    END LOOP;
    RETURN total;
END $$;

-- Gives everything of one user to another: a row that the other has already (a like, a membership) stays
-- behind and goes with the first. What proves who somebody is never changes hands.
CREATE FUNCTION merge_user(source bigint, target bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    link record;
    place tid;
BEGIN
    FOR link IN
        SELECT c.conrelid::regclass AS tab, a.attname AS col
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid = 'users'::regclass AND cardinality(c.conkey) = 1
            AND c.conrelid::regclass::text NOT IN ('users', 'user_emails', 'user_stats')
            AND c.conrelid::regclass::text !~
                '(session|token|key|secret|factor|credential|sso|single_sign|associated|external|email_change|option|password)'
    LOOP
        BEGIN
            EXECUTE format('UPDATE %s SET %I = $2 WHERE %I = $1', link.tab, link.col, link.col)
                USING source, target;
        EXCEPTION WHEN unique_violation THEN
            FOR place IN EXECUTE format('SELECT ctid FROM %s WHERE %I = $1', link.tab, link.col) USING source
            LOOP
                BEGIN
                    EXECUTE format('UPDATE %s SET %I = $1 WHERE ctid = $2', link.tab, link.col)
                        USING target, place;
                EXCEPTION WHEN unique_violation THEN NULL;
                END;
            END LOOP;
        END;
    END LOOP;
    UPDATE user_emails SET is_primary = false WHERE user_id = source;
    UPDATE user_emails SET user_id = target WHERE user_id = source;
    UPDATE user_stats t SET topic_count = t.topic_count + s.topic_count,
        post_count = t.post_count + s.post_count, likes_given = t.likes_given + s.likes_given,
        likes_received = t.likes_received + s.likes_received,
        topics_entered = t.topics_entered + s.topics_entered,
        posts_read_count = t.posts_read_count + s.posts_read_count,
        time_read_ms = t.time_read_ms + s.time_read_ms
    FROM user_stats s WHERE t.user_id = target AND s.user_id = source;
    UPDATE users t SET created_at = least(t.created_at, s.created_at),
        last_posted_at = greatest(t.last_posted_at, s.last_posted_at),
        last_seen_at = greatest(t.last_seen_at, s.last_seen_at)
    FROM users s WHERE t.id = target AND s.id = source;
    PERFORM remove_user(source);
END $$;
