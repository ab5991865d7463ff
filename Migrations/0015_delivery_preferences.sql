-- How what somebody follows reaches them.

-- How the posts of a followed category or tag come, beside the level: 'each' by a mail for each post,
-- 'daily' and 'weekly' in one mail with all that is new, 'web' not by mail.
ALTER TABLE category_users
    ADD COLUMN delivery text NOT NULL DEFAULT 'each'
        CHECK (delivery IN ('each', 'daily', 'weekly', 'web')),
    -- What is older stands in no digest to come.
    ADD COLUMN digest_since timestamptz,
    ADD COLUMN digest_due_at timestamptz,
    ADD CHECK ((delivery IN ('daily', 'weekly')) = (digest_due_at IS NOT NULL)),
    ADD CHECK ((digest_since IS NULL) = (digest_due_at IS NULL));
ALTER TABLE tag_users
    ADD COLUMN delivery text NOT NULL DEFAULT 'each'
        CHECK (delivery IN ('each', 'daily', 'weekly', 'web')),
    ADD COLUMN digest_since timestamptz,
    ADD COLUMN digest_due_at timestamptz,
    ADD CHECK ((delivery IN ('daily', 'weekly')) = (digest_due_at IS NOT NULL)),
    ADD CHECK ((digest_since IS NULL) = (digest_due_at IS NULL));
CREATE INDEX category_users_digest_due ON category_users (digest_due_at)
    WHERE digest_due_at IS NOT NULL;
CREATE INDEX tag_users_digest_due ON tag_users (digest_due_at) WHERE digest_due_at IS NOT NULL;

-- Which posts a digest told somebody of: no other digest tells them again.
CREATE TABLE digest_posts (
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE,
    email_id bigint NOT NULL REFERENCES outgoing_emails ON DELETE CASCADE,
    PRIMARY KEY (user_id, post_id)
);
CREATE INDEX digest_posts_by_email ON digest_posts (email_id);
CREATE INDEX digest_posts_by_post ON digest_posts (post_id);

CREATE INDEX outgoing_digests_by_user ON outgoing_emails (user_id)
    WHERE email_type IN ('digest', 'subscription_digest');

-- When it was last asked whether somebody is to get a summary of what they missed.
ALTER TABLE users ADD COLUMN digest_attempted_at timestamptz;

-- A link may also stop one digest: scope 'digest', 'category_digest' or 'tag_digest'.
ALTER TABLE unsubscribe_keys
    ADD COLUMN category_id bigint REFERENCES categories ON DELETE CASCADE,
    ADD COLUMN tag_id bigint REFERENCES tags ON DELETE CASCADE;

-- The hours of the week in which somebody wants to hear of things: minutes of the day in their time
-- zone, Monday first, -1 for a day without any (Discourse's user_notification_schedule).
CREATE TABLE user_notification_schedules (
    user_id bigint PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    enabled boolean NOT NULL DEFAULT false,
    starts smallint[] NOT NULL CHECK (cardinality(starts) = 7),
    ends smallint[] NOT NULL CHECK (cardinality(ends) = 7)
);

-- What somebody has not seen of a topic is found by the topic as well as by the person.
CREATE INDEX notifications_unread_by_topic ON notifications (topic_id, user_id) WHERE NOT read;
DROP INDEX notifications_unread;
