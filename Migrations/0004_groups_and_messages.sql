-- What groups are beyond their members, who asked to join, what was done to them, and private messages put away.

ALTER TABLE groups
    ADD COLUMN bio_raw text CHECK (char_length(bio_raw) <= 3000),
    ADD COLUMN bio_cooked text,
    -- Given to members who have no title of their own.
    ADD COLUMN title text CHECK (char_length(title) <= 255),
    ADD COLUMN grant_trust_level smallint CHECK (grant_trust_level BETWEEN 0 AND 4),
    -- New members who have no primary group get this one.
    ADD COLUMN primary_group boolean NOT NULL DEFAULT false,
    ADD COLUMN flair_icon text CHECK (char_length(flair_icon) <= 255),
    ADD COLUMN flair_color text CHECK (flair_color ~ '^[0-9A-Fa-f]{3,6}$'),
    ADD COLUMN flair_bg_color text CHECK (flair_bg_color ~ '^[0-9A-Fa-f]{3,6}$'),
    ADD COLUMN public_admission boolean NOT NULL DEFAULT false,
    ADD COLUMN public_exit boolean NOT NULL DEFAULT false,
    ADD COLUMN allow_membership_requests boolean NOT NULL DEFAULT false,
    ADD COLUMN membership_request_template text CHECK (char_length(membership_request_template) <= 500),
    ADD COLUMN publish_read_state boolean NOT NULL DEFAULT false,
    -- Domains by '|': whoever confirms an address there becomes a member.
    ADD COLUMN automatic_membership_email_domains text
        CHECK (char_length(automatic_membership_email_domains) <= 1000),
    ADD COLUMN incoming_email text CHECK (char_length(incoming_email) <= 255);
CREATE UNIQUE INDEX groups_by_incoming_email ON groups (lower(incoming_email));
-- mentionable_level and messageable_level are Discourse's: 0 nobody, 1 administrators, 2 and moderators,
-- 3 and members, 4 staff and owners, 99 everybody.
UPDATE groups SET messageable_level = 99 WHERE id = 2;

ALTER TABLE users ADD COLUMN primary_group_id bigint REFERENCES groups ON DELETE SET NULL;
CREATE INDEX users_by_primary_group ON users (primary_group_id) WHERE primary_group_id IS NOT NULL;

CREATE TABLE group_requests (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    group_id bigint NOT NULL REFERENCES groups ON DELETE CASCADE,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    reason text NOT NULL CHECK (char_length(reason) <= 5000),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (group_id, user_id)
);
CREATE INDEX group_requests_by_user ON group_requests (user_id);

-- Discourse's actions: 1 change_group_setting, 2 add_user_to_group, 3 remove_user_from_group,
-- 4 make_user_group_owner, 5 remove_user_as_group_owner.
CREATE TABLE group_histories (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    group_id bigint NOT NULL REFERENCES groups ON DELETE CASCADE,
    acting_user_id bigint REFERENCES users ON DELETE SET NULL,
    target_user_id bigint REFERENCES users ON DELETE CASCADE,
    action smallint NOT NULL CHECK (action BETWEEN 1 AND 5),
    subject text,
    prev_value text,
    new_value text,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX group_histories_by_group ON group_histories (group_id, id DESC);
CREATE INDEX group_histories_by_target ON group_histories (target_user_id);

-- What a new member of a group follows.
CREATE TABLE group_category_levels (
    group_id bigint NOT NULL REFERENCES groups ON DELETE CASCADE,
    category_id bigint NOT NULL REFERENCES categories ON DELETE CASCADE,
    notification_level smallint NOT NULL CHECK (notification_level BETWEEN 0 AND 4),
    PRIMARY KEY (group_id, category_id)
);
CREATE TABLE group_tag_levels (
    group_id bigint NOT NULL REFERENCES groups ON DELETE CASCADE,
    tag_id bigint NOT NULL REFERENCES tags ON DELETE CASCADE,
    notification_level smallint NOT NULL CHECK (notification_level BETWEEN 0 AND 4),
    PRIMARY KEY (group_id, tag_id)
);

-- Which posts address which groups by an at sign.
CREATE TABLE group_mentions (
    group_id bigint NOT NULL REFERENCES groups ON DELETE CASCADE,
    post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE,
    PRIMARY KEY (group_id, post_id)
);
CREATE INDEX group_mentions_by_post ON group_mentions (post_id);

-- Messages put away; what is newer than archived_at brings them back.
CREATE TABLE user_archived_messages (
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    topic_id bigint NOT NULL REFERENCES topics ON DELETE CASCADE,
    archived_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, topic_id)
);
CREATE TABLE group_archived_messages (
    group_id bigint NOT NULL REFERENCES groups ON DELETE CASCADE,
    topic_id bigint NOT NULL REFERENCES topics ON DELETE CASCADE,
    archived_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (group_id, topic_id)
);
CREATE INDEX topic_allowed_groups_by_group ON topic_allowed_groups (group_id, topic_id);

-- A member hears of the group's messages as the group says, unless the writer of the row says otherwise.
ALTER TABLE group_users ALTER COLUMN notification_level DROP DEFAULT;
CREATE FUNCTION fill_group_level() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.notification_level IS NULL THEN
        SELECT g.default_notification_level INTO NEW.notification_level FROM groups g
        WHERE g.id = NEW.group_id;
        NEW.notification_level := coalesce(NEW.notification_level, 2);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER group_users_fill_level BEFORE INSERT ON group_users
    FOR EACH ROW EXECUTE FUNCTION fill_group_level();

-- What a group gives to who joins it, whoever writes the row.
CREATE FUNCTION give_what_group_gives() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE users u SET
        primary_group_id = CASE WHEN g.primary_group THEN coalesce(u.primary_group_id, g.id)
            ELSE u.primary_group_id END,
        title = coalesce(nullif(u.title, ''), g.title),
        trust_level = greatest(u.trust_level, coalesce(g.grant_trust_level, 0))
    FROM groups g
    WHERE g.id = NEW.group_id AND u.id = NEW.user_id AND NOT u.staged
        AND (g.primary_group OR g.title IS NOT NULL OR g.grant_trust_level IS NOT NULL);
    INSERT INTO category_users (category_id, user_id, notification_level)
    SELECT l.category_id, NEW.user_id, l.notification_level FROM group_category_levels l
    WHERE l.group_id = NEW.group_id
    ON CONFLICT (user_id, category_id) DO UPDATE
        SET notification_level = greatest(category_users.notification_level, excluded.notification_level);
    INSERT INTO tag_users (tag_id, user_id, notification_level)
    SELECT l.tag_id, NEW.user_id, l.notification_level FROM group_tag_levels l
    WHERE l.group_id = NEW.group_id
    ON CONFLICT (user_id, tag_id) DO UPDATE
        SET notification_level = greatest(tag_users.notification_level, excluded.notification_level);
    DELETE FROM group_requests r WHERE r.group_id = NEW.group_id AND r.user_id = NEW.user_id;
    RETURN NULL;
END $$;
CREATE TRIGGER group_users_give AFTER INSERT ON group_users
    FOR EACH ROW WHEN (NEW.group_id > 14) EXECUTE FUNCTION give_what_group_gives();

-- And what leaves with it.
CREATE FUNCTION take_what_group_gave() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE users u SET
        primary_group_id = CASE WHEN u.primary_group_id = OLD.group_id THEN NULL
            ELSE u.primary_group_id END,
        title = CASE WHEN u.title = (SELECT g.title FROM groups g WHERE g.id = OLD.group_id) THEN NULL
            ELSE u.title END
    WHERE u.id = OLD.user_id AND (u.primary_group_id = OLD.group_id
        OR u.title = (SELECT g.title FROM groups g WHERE g.id = OLD.group_id));
    RETURN NULL;
END $$;
CREATE TRIGGER group_users_take AFTER DELETE ON group_users
    FOR EACH ROW WHEN (OLD.group_id > 14) EXECUTE FUNCTION take_what_group_gave();

-- Whoever proves an address of a group's domains is a member.
CREATE FUNCTION join_groups_of_domain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO group_users (group_id, user_id)
    SELECT g.id, NEW.user_id FROM groups g JOIN users u ON u.id = NEW.user_id AND NOT u.staged
    WHERE NOT g.automatic AND g.automatic_membership_email_domains IS NOT NULL
        AND split_part(NEW.email_lower, '@', 2)
            = ANY(string_to_array(lower(g.automatic_membership_email_domains), '|'))
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER user_emails_join_groups AFTER INSERT OR UPDATE OF verified_at, email_lower ON user_emails
    FOR EACH ROW WHEN (NEW.verified_at IS NOT NULL) EXECUTE FUNCTION join_groups_of_domain();
