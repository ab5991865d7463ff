-- Keys of programs: what an administrator's key is for, the keys that members give to programs, and how those are asked for.

-- No row: the key may do everything.
CREATE TABLE api_key_scopes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    api_key_id bigint NOT NULL REFERENCES api_keys ON DELETE CASCADE,
    resource text NOT NULL CHECK (char_length(resource) <= 50),
    action text NOT NULL CHECK (char_length(action) <= 50),
    UNIQUE (api_key_id, resource, action)
);
-- The values that a request's parameter may have; none for a name: any.
CREATE TABLE api_key_scope_parameters (
    scope_id bigint NOT NULL REFERENCES api_key_scopes ON DELETE CASCADE,
    name text NOT NULL CHECK (char_length(name) <= 50),
    value text NOT NULL CHECK (char_length(value) <= 255),
    PRIMARY KEY (scope_id, name, value)
);

-- Keys that members give to programs. Only the SHA-256 of each is kept.
CREATE TABLE user_api_keys (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    key_hash bytea NOT NULL UNIQUE CHECK (octet_length(key_hash) = 32),
    client_id text NOT NULL CHECK (char_length(client_id) <= 200),
    application_name text NOT NULL CHECK (char_length(application_name) <= 200),
    scopes text[] NOT NULL,
    push_url text CHECK (char_length(push_url) <= 1000),
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    revoked_at timestamptz,
    expires_at timestamptz,
    UNIQUE (user_id, client_id)
);

-- A way in that works once; only the SHA-256 is kept.
CREATE TABLE one_time_passwords (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);

-- Programs without a browser that wait for somebody to let them in.
CREATE TABLE user_api_key_devices (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    device_hash bytea NOT NULL UNIQUE CHECK (octet_length(device_hash) = 32),
    -- Without the hyphen.
    user_code text NOT NULL UNIQUE,
    client_id text NOT NULL,
    application_name text NOT NULL,
    scopes text[] NOT NULL,
    nonce text NOT NULL,
    public_key text NOT NULL,
    padding text NOT NULL,
    expires_in_seconds bigint,
    push_url text,
    client_network text NOT NULL,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'authorized', 'denied')),
    -- Encrypted for the program.
    payload text,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    polled_at timestamptz
);
CREATE INDEX user_api_key_devices_by_network ON user_api_key_devices (client_network, created_at);

-- Codes that somebody tried, so that nobody tries all of them.
CREATE TABLE user_api_key_attempts (
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    attempted_at timestamptz NOT NULL
);
CREATE INDEX user_api_key_attempts_by_user ON user_api_key_attempts (user_id, attempted_at);

-- Texts that an administrator worded anew.
CREATE TABLE site_texts (
    id text PRIMARY KEY CHECK (char_length(id) <= 200),
    value text NOT NULL CHECK (char_length(value) <= 10000),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE color_schemes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 255),
    base_scheme_id text,
    user_selectable boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE color_scheme_colors (
    color_scheme_id bigint NOT NULL REFERENCES color_schemes ON DELETE CASCADE,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 50),
    hex text NOT NULL CHECK (hex ~ '^[0-9A-Fa-f]{3}([0-9A-Fa-f]{3})?$'),
    PRIMARY KEY (color_scheme_id, name)
);
