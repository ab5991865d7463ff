-- A person's own account: what they chose, whom they mute, how they prove an address, whom they invited.

ALTER TABLE users
    -- What the person chose, by Discourse's names; a name that is absent has its default.
    ADD COLUMN options jsonb NOT NULL DEFAULT '{}' CHECK (octet_length(options::text) <= 16384),
    ADD COLUMN custom_fields jsonb NOT NULL DEFAULT '{}' CHECK (octet_length(custom_fields::text) <= 65536),
    ADD COLUMN user_fields jsonb NOT NULL DEFAULT '{}' CHECK (octet_length(user_fields::text) <= 65536),
    ADD COLUMN locale text CHECK (char_length(locale) <= 20),
    ADD COLUMN featured_topic_id bigint REFERENCES topics ON DELETE SET NULL,
    ADD COLUMN invited_by_id bigint REFERENCES users ON DELETE SET NULL,
    ADD COLUMN status_description text CHECK (char_length(status_description) <= 100),
    ADD COLUMN status_emoji text CHECK (char_length(status_emoji) <= 100),
    ADD COLUMN status_ends_at timestamptz,
    ADD COLUMN do_not_disturb_until timestamptz;

-- A session is spoken of by this number; its token is a secret.
ALTER TABLE sessions ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY UNIQUE;

-- Mails that are no notice of a post, of one kind to one address: for the limit of them.
CREATE INDEX outgoing_emails_by_address ON outgoing_emails (to_address, email_type, created_at DESC)
    WHERE post_id IS NULL;

-- Whom somebody does not want to hear ('muted', 'ignored' until a time), or lets write ('allowed').
CREATE TABLE user_relations (
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    other_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('muted', 'ignored', 'allowed')),
    expires_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, kind, other_id),
    CHECK (user_id <> other_id)
);
CREATE INDEX user_relations_by_other ON user_relations (other_id, kind);

-- The days on which somebody was here, and what they read then.
CREATE TABLE user_visits (
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    visited_at date NOT NULL,
    posts_read integer NOT NULL DEFAULT 0,
    time_read_ms bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (user_id, visited_at)
);
CREATE INDEX user_visits_by_day ON user_visits (visited_at, user_id);

CREATE FUNCTION note_visit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO user_visits (user_id, visited_at)
    VALUES (NEW.id, (NEW.last_seen_at AT TIME ZONE 'UTC')::date) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER users_note_visit AFTER UPDATE OF last_seen_at ON users FOR EACH ROW
    WHEN (NEW.last_seen_at IS NOT NULL AND (OLD.last_seen_at IS NULL
        OR (NEW.last_seen_at AT TIME ZONE 'UTC')::date <> (OLD.last_seen_at AT TIME ZONE 'UTC')::date))
    EXECUTE FUNCTION note_visit();

CREATE FUNCTION note_reading() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO user_visits (user_id, visited_at, posts_read, time_read_ms)
    VALUES (NEW.user_id, (now() AT TIME ZONE 'UTC')::date,
        greatest(0, NEW.posts_read_count - OLD.posts_read_count), greatest(0, NEW.time_read_ms - OLD.time_read_ms))
    ON CONFLICT (user_id, visited_at) DO UPDATE SET
        posts_read = user_visits.posts_read + excluded.posts_read,
        time_read_ms = user_visits.time_read_ms + excluded.time_read_ms;
    RETURN NULL;
END $$;
CREATE TRIGGER user_stats_note_reading AFTER UPDATE OF posts_read_count, time_read_ms ON user_stats FOR EACH ROW
    WHEN (NEW.posts_read_count > OLD.posts_read_count OR NEW.time_read_ms > OLD.time_read_ms)
    EXECUTE FUNCTION note_reading();

-- Links in mails. Only the hash is kept; a token counts once, for one purpose and one address.
CREATE TABLE account_tokens (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    -- 'activate', 'password', 'change_email'.
    purpose text NOT NULL,
    email_lower text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX account_tokens_by_user ON account_tokens (user_id);
CREATE INDEX account_tokens_by_end ON account_tokens (expires_at);

-- A new address that waits for its confirmation: one at a time and person for the primary one.
CREATE TABLE email_changes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    new_email text NOT NULL CHECK (char_length(new_email) <= 254),
    -- False: the address is to stand beside the primary one.
    is_primary boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    UNIQUE (user_id, new_email)
);
CREATE UNIQUE INDEX email_changes_one_primary ON email_changes (user_id) WHERE is_primary;

-- Names that nobody else may take: former ones for good, others for a while.
CREATE TABLE reserved_usernames (
    username_lower text PRIMARY KEY,
    user_id bigint REFERENCES users ON DELETE SET NULL,
    reserved_until timestamptz
);

-- Texts that still call somebody by a former name.
CREATE TABLE username_changes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    old_username text NOT NULL,
    new_username text NOT NULL,
    -- Posts up to this one are done.
    last_post_id bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Who somebody is elsewhere: 'discourse_connect', or the name of another provider.
CREATE TABLE external_accounts (
    provider text NOT NULL CHECK (char_length(provider) BETWEEN 1 AND 100),
    external_id text NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 1000),
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (provider, external_id),
    UNIQUE (user_id, provider)
);

-- Nonces of log-ins through another site: given out, then used once.
CREATE TABLE sso_nonces (
    nonce_hash bytea PRIMARY KEY CHECK (octet_length(nonce_hash) = 32),
    return_path text NOT NULL DEFAULT '/',
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);

CREATE TABLE invites (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- A link that its maker may read again, so it is kept as it is; what proves an address is hashed.
    invite_key text NOT NULL UNIQUE,
    invited_by_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    -- NULL: a link for anybody, or for addresses of `domain`.
    email text CHECK (char_length(email) <= 254),
    domain text CHECK (char_length(domain) <= 254),
    description text CHECK (char_length(description) <= 100),
    custom_message text CHECK (char_length(custom_message) <= 1000),
    -- When the mail with the invitation was asked for.
    emailed_at timestamptz,
    -- SHA-256 of what the mail's link carries beside the key.
    email_token_hash bytea CHECK (octet_length(email_token_hash) = 32),
    max_redemptions_allowed integer NOT NULL DEFAULT 1 CHECK (max_redemptions_allowed > 0),
    redemption_count integer NOT NULL DEFAULT 0,
    topic_id bigint REFERENCES topics ON DELETE SET NULL,
    group_ids bigint[] NOT NULL DEFAULT '{}',
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (redemption_count <= max_redemptions_allowed),
    CHECK (email IS NULL OR max_redemptions_allowed = 1)
);
CREATE INDEX invites_by_inviter ON invites (invited_by_id, id DESC);
CREATE INDEX invites_by_email ON invites (email) WHERE email IS NOT NULL;

CREATE TABLE invited_users (
    invite_id bigint NOT NULL REFERENCES invites ON DELETE CASCADE,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    redeemed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (invite_id, user_id)
);
CREATE INDEX invited_users_by_user ON invited_users (user_id);

CREATE INDEX users_by_mailing_list_mode ON users (id) WHERE (options ->> 'mailing_list_mode') = 'true';
