-- Second factors. What an authenticator shares with the forum is sealed by a key that is not in the database;
-- of backup codes only slow hashes are kept.

CREATE TABLE second_factor_authenticators (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 300),
    sealed_secret bytea NOT NULL CHECK (octet_length(sealed_secret) <= 255),
    -- The step of the last code that counted: neither it nor an earlier one counts again, on any node.
    last_step bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz
);
CREATE INDEX second_factor_authenticators_by_user ON second_factor_authenticators (user_id);

-- What somebody is setting up: no factor before its first code.
CREATE TABLE staged_authenticator_secrets (
    user_id bigint PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    sealed_secret bytea NOT NULL CHECK (octet_length(sealed_secret) <= 255),
    expires_at timestamptz NOT NULL
);

CREATE TABLE second_factor_backup_codes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    -- Its first two characters, so that not all of somebody's hashes are computed for one try.
    selector text NOT NULL CHECK (char_length(selector) = 2),
    code_hash text NOT NULL
);
CREATE INDEX second_factor_backup_codes_by_user ON second_factor_backup_codes (user_id, selector);

-- When the person proved once more, in this session, who they are: what changes how one gets in asks for it.
ALTER TABLE sessions ADD COLUMN confirmed_at timestamptz;

-- Hashes of passwords that came from another forum: each goes at its owner's first log-in.
CREATE INDEX users_by_foreign_hash ON users (((substring(password_hash FROM 'i=([0-9]+)'))::integer) DESC)
    WHERE password_hash LIKE '$pbkdf2-sha256$%';

-- What members asked to have exported, with the SHA-256 of the secret of the link they got by mail.
CREATE TABLE export_tokens (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    requested_at timestamptz NOT NULL DEFAULT now(),
    -- A node that dies leaves its lease behind; another takes over when it has run out.
    leased_until timestamptz,
    -- Below the folder of files; NULL until it is made.
    file text UNIQUE,
    token_hash bytea UNIQUE CHECK (octet_length(token_hash) = 32),
    expires_at timestamptz
);
CREATE INDEX export_tokens_by_user ON export_tokens (user_id, requested_at DESC);
CREATE INDEX export_tokens_waiting ON export_tokens (id) WHERE file IS NULL;

-- Names by what they look like: nobody signs up as one that is taken but for l, i and 1, o and 0, rn and m,
-- vv and w, or the mark between two words.
CREATE FUNCTION username_skeleton(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN replace(replace(translate(name, '1i0-.', 'llo__'), 'rn', 'm'), 'vv', 'w');
CREATE INDEX users_username_skeleton ON users (username_skeleton(username_lower));
