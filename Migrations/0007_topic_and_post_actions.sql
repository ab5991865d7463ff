-- What is done to one topic or one post beyond writing and reading it.

-- What a topic is to do by itself later. One of each kind a topic; reminders are one a person.
CREATE TABLE topic_timers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic_id bigint NOT NULL REFERENCES topics ON DELETE CASCADE,
    -- Who set it, and as whom it is carried out.
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    status_type text NOT NULL CHECK (status_type IN ('close', 'open', 'publish_to_category',
        'delete', 'reminder', 'bump', 'delete_replies', 'silent_close')),
    execute_at timestamptz NOT NULL,
    duration_minutes integer CHECK (duration_minutes > 0),
    -- Counted from the newest post, whenever that is.
    based_on_last_post boolean NOT NULL DEFAULT false,
    category_id bigint REFERENCES categories ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((status_type = 'publish_to_category') = (category_id IS NOT NULL))
);
CREATE UNIQUE INDEX topic_timers_one_of_a_kind ON topic_timers
    (topic_id, status_type, (CASE WHEN status_type = 'reminder' THEN user_id ELSE 0 END));
CREATE INDEX topic_timers_due ON topic_timers (execute_at);
CREATE INDEX topic_timers_by_user ON topic_timers (user_id);

ALTER TABLE topics
    ADD COLUMN slow_mode_seconds integer NOT NULL DEFAULT 0 CHECK (slow_mode_seconds >= 0),
    ADD COLUMN slow_mode_until timestamptz;
CREATE INDEX topics_pinned_until ON topics (pinned_until) WHERE pinned_until IS NOT NULL;

-- When somebody took a pinned topic off their own lists' top.
ALTER TABLE topic_users ADD COLUMN cleared_pinned_at timestamptz;

ALTER TABLE posts
    -- What happened, of a small action.
    ADD COLUMN action_code text CHECK (char_length(action_code) <= 50),
    ADD COLUMN has_polls boolean NOT NULL DEFAULT false;

-- Staff may hide what a post said before.
ALTER TABLE post_revisions ADD COLUMN hidden boolean NOT NULL DEFAULT false;

-- A post or a whole topic that one person wants to find again.
CREATE TABLE bookmarks (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    topic_id bigint REFERENCES topics ON DELETE CASCADE,
    post_id bigint REFERENCES posts ON DELETE CASCADE,
    name text CHECK (char_length(name) <= 100),
    reminder_at timestamptz,
    reminder_last_sent_at timestamptz,
    -- 0 never, 1 when the reminder is sent, 2 on a reply of the owner, 3 clear the reminder.
    auto_delete_preference smallint NOT NULL DEFAULT 3 CHECK (auto_delete_preference BETWEEN 0 AND 3),
    pinned boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((topic_id IS NULL) <> (post_id IS NULL))
);
CREATE UNIQUE INDEX bookmarks_of_post ON bookmarks (user_id, post_id) WHERE post_id IS NOT NULL;
CREATE UNIQUE INDEX bookmarks_of_topic ON bookmarks (user_id, topic_id) WHERE topic_id IS NOT NULL;
CREATE INDEX bookmarks_by_user ON bookmarks (user_id, id DESC);
CREATE INDEX bookmarks_by_post ON bookmarks (post_id) WHERE post_id IS NOT NULL;
CREATE INDEX bookmarks_by_topic ON bookmarks (topic_id) WHERE topic_id IS NOT NULL;
CREATE INDEX bookmarks_due ON bookmarks (reminder_at) WHERE reminder_at IS NOT NULL;

-- Text that is not posted yet.
CREATE TABLE drafts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    draft_key text NOT NULL CHECK (char_length(draft_key) BETWEEN 1 AND 100),
    -- What the client sent, usually JSON.
    data text NOT NULL,
    sequence integer NOT NULL,
    -- Which editor wrote it last.
    owner text CHECK (char_length(owner) <= 255),
    revisions integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, draft_key)
);
CREATE INDEX drafts_by_user ON drafts (user_id, updated_at DESC);
-- Rises when what was drafted is posted: an older draft can then no longer be saved.
CREATE TABLE draft_sequences (
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    draft_key text NOT NULL CHECK (char_length(draft_key) BETWEEN 1 AND 100),
    sequence integer NOT NULL DEFAULT 0,
    PRIMARY KEY (user_id, draft_key)
);

CREATE TABLE polls (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    title text,
    poll_type text NOT NULL CHECK (poll_type IN ('regular', 'multiple', 'number')),
    open boolean NOT NULL DEFAULT true,
    results text NOT NULL CHECK (results IN ('always', 'on_vote', 'on_close', 'staff_only')),
    -- Whether voters are named.
    public boolean NOT NULL DEFAULT false,
    min_choices integer,
    max_choices integer,
    step integer,
    chart_type text NOT NULL DEFAULT 'bar',
    close_at timestamptz,
    -- Names of the groups whose members may vote; NULL is everybody.
    group_names text[],
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (post_id, name)
);
CREATE INDEX polls_due ON polls (close_at) WHERE open AND close_at IS NOT NULL;
CREATE TABLE poll_options (
    poll_id bigint NOT NULL REFERENCES polls ON DELETE CASCADE,
    -- Made from the text: the same text is the same option after an edit.
    digest text NOT NULL,
    position integer NOT NULL,
    html text NOT NULL,
    PRIMARY KEY (poll_id, digest)
);
-- One ballot a person and poll, with all their choices on it.
CREATE TABLE poll_ballots (
    poll_id bigint NOT NULL REFERENCES polls ON DELETE CASCADE,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    options text[] NOT NULL CHECK (cardinality(options) > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (poll_id, user_id)
);
CREATE INDEX poll_ballots_by_user ON poll_ballots (user_id);

-- The reply that answers a topic: one a topic.
CREATE TABLE solutions (
    topic_id bigint PRIMARY KEY REFERENCES topics ON DELETE CASCADE,
    post_id bigint NOT NULL UNIQUE REFERENCES posts ON DELETE CASCADE,
    accepter_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now()
);
