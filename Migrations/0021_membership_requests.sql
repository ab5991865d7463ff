-- The message that a request went out as.
ALTER TABLE group_requests ADD COLUMN topic_id bigint REFERENCES topics ON DELETE SET NULL;
CREATE INDEX group_requests_by_topic ON group_requests (topic_id) WHERE topic_id IS NOT NULL;

-- When somebody was here before the present visit.
ALTER TABLE users ADD COLUMN previous_visit_at timestamptz;

-- Small actions behind the last post of a message: they have numbers, but there is nothing to read.
ALTER TABLE topics ADD COLUMN trailing_actions integer NOT NULL DEFAULT 0
    CHECK (trailing_actions >= 0);

-- Whom or which group a small action is about.
ALTER TABLE posts
    ADD COLUMN action_user_id bigint REFERENCES users ON DELETE SET NULL,
    ADD COLUMN action_group_id bigint REFERENCES groups ON DELETE SET NULL;
CREATE INDEX posts_by_action_user ON posts (action_user_id) WHERE action_user_id IS NOT NULL;
CREATE INDEX posts_by_action_group ON posts (action_group_id) WHERE action_group_id IS NOT NULL;

-- Discourse's name.
UPDATE site_settings SET name = 'default_other_new_topic_duration_minutes'
WHERE name = 'new_topic_duration_minutes';
