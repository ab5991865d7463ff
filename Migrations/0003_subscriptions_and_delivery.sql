-- Who hears of what, and the queues that carry it: the outbox, the live bus, mail in and mail out.

-- Levels: 0 muted, 1 regular, 2 tracking, 3 watching, 4 watching first post (categories and tags).
CREATE TABLE topic_users (
    topic_id bigint NOT NULL REFERENCES topics ON DELETE CASCADE,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    notification_level smallint NOT NULL DEFAULT 1 CHECK (notification_level BETWEEN 0 AND 3),
    -- Discourse's notifications_reason_id: 1 created topic, 2 user changed, 3 interacted, 4 created post, 5 auto watch …
    notifications_reason_id smallint,
    last_read_post_number integer NOT NULL DEFAULT 0,
    posted boolean NOT NULL DEFAULT false,
    total_msecs_viewed bigint NOT NULL DEFAULT 0,
    first_visited_at timestamptz,
    last_visited_at timestamptz,
    PRIMARY KEY (user_id, topic_id)
);
CREATE INDEX topic_users_by_topic ON topic_users (topic_id, notification_level, user_id);

CREATE TABLE category_users (
    category_id bigint NOT NULL REFERENCES categories ON DELETE CASCADE,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    notification_level smallint NOT NULL CHECK (notification_level BETWEEN 0 AND 4),
    PRIMARY KEY (user_id, category_id)
);
CREATE INDEX category_users_by_category ON category_users (category_id, notification_level, user_id);

CREATE TABLE tag_users (
    tag_id bigint NOT NULL REFERENCES tags ON DELETE CASCADE,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    notification_level smallint NOT NULL CHECK (notification_level BETWEEN 0 AND 4),
    PRIMARY KEY (user_id, tag_id)
);
CREATE INDEX tag_users_by_tag ON tag_users (tag_id, notification_level, user_id);

CREATE TABLE notifications (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    -- Discourse's numbers: 1 mentioned, 2 replied, 3 quoted, 5 liked, 9 posted, 17 watching_first_post, 36 watching_category_or_tag …
    notification_type smallint NOT NULL,
    topic_id bigint REFERENCES topics ON DELETE CASCADE,
    post_id bigint REFERENCES posts ON DELETE CASCADE,
    post_number integer,
    data jsonb NOT NULL DEFAULT '{}',
    read boolean NOT NULL DEFAULT false,
    high_priority boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- One person never gets two notices of one kind for one post.
    UNIQUE (user_id, notification_type, post_id)
);
CREATE INDEX notifications_by_user ON notifications (user_id, id DESC);
CREATE INDEX notifications_by_post ON notifications (post_id);
CREATE INDEX notifications_unread ON notifications (user_id, topic_id) WHERE NOT read;

-- Written in the transaction of the use case; a dispatcher turns each row into notices, mails and live messages.
CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event text NOT NULL,
    topic_id bigint,
    post_id bigint,
    user_id bigint,
    data jsonb NOT NULL DEFAULT '{}',
    attempts smallint NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    last_error text,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX outbox_due ON outbox (next_attempt_at, id);

CREATE TABLE bus_channels (
    channel text PRIMARY KEY CHECK (char_length(channel) <= 255),
    last_id bigint NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE bus_messages (
    global_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel text NOT NULL,
    message_id bigint NOT NULL,
    data jsonb NOT NULL,
    -- Who may receive it: all, or those in one of the groups or among the users. Both NULL is everybody.
    group_ids bigint[],
    user_ids bigint[],
    -- Set when the message speaks of a topic: what the receiver may see is asked again at delivery.
    topic_id bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (channel, message_id)
);
CREATE INDEX bus_messages_by_age ON bus_messages (created_at);

-- Addresses one person can answer one post at. Only the hash is kept; the key itself is derived when a mail is written.
CREATE TABLE post_reply_keys (
    key_hash bytea PRIMARY KEY CHECK (octet_length(key_hash) = 32),
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, post_id)
);

CREATE TABLE unsubscribe_keys (
    key_hash bytea PRIMARY KEY CHECK (octet_length(key_hash) = 32),
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    -- 'topic', 'category' or 'all'.
    scope text NOT NULL,
    topic_id bigint REFERENCES topics ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE outgoing_emails (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- 'user_notification'.
    email_type text NOT NULL,
    user_id bigint REFERENCES users ON DELETE CASCADE,
    post_id bigint REFERENCES posts ON DELETE CASCADE,
    to_address text NOT NULL,
    -- What the composer needs beyond the post: the notification type.
    data jsonb NOT NULL DEFAULT '{}',
    -- 'queued', 'sent', 'skipped', 'failed'.
    state text NOT NULL DEFAULT 'queued',
    attempts smallint NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    -- A sender that dies leaves its lease behind; another takes over when it has run out.
    leased_until timestamptz,
    message_id text,
    -- The last reply of the relay, or why it was skipped.
    response text,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
);
CREATE UNIQUE INDEX outgoing_emails_once ON outgoing_emails (user_id, post_id, email_type)
    WHERE post_id IS NOT NULL;
CREATE INDEX outgoing_emails_due ON outgoing_emails (next_attempt_at, id) WHERE state = 'queued';

CREATE TABLE incoming_emails (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- The envelope recipient, lower case.
    recipient text NOT NULL,
    mail_from text NOT NULL DEFAULT '',
    message_id text NOT NULL,
    content_hash bytea NOT NULL CHECK (octet_length(content_hash) = 32),
    raw bytea NOT NULL,
    -- 'received' until a verdict stands.
    state text NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'posted', 'rejected', 'ignored')),
    -- Discourse's error class, such as ReplyUserNotMatchingError.
    error text,
    rejection_message text,
    subject text,
    from_address text,
    user_id bigint REFERENCES users ON DELETE SET NULL,
    topic_id bigint REFERENCES topics ON DELETE SET NULL,
    post_id bigint REFERENCES posts ON DELETE SET NULL,
    -- 'lmtp', 'pipe', 'handle_mail'.
    created_via text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    -- The same mail delivered twice is one mail; a reused Message-ID with other content is another.
    UNIQUE (recipient, message_id, content_hash)
);
CREATE INDEX incoming_emails_by_state ON incoming_emails (state, id DESC);
