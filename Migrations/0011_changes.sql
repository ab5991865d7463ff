-- What changed, in an order that a reader can follow without a gap: the journal behind /changes.
--
-- Numbers of a sequence are handed out before their transactions commit, so whoever reads "all after
-- number n" misses what commits late. Each entry therefore also bears its transaction's id; a reader is
-- given only entries of transactions below the oldest that still runs (pg_snapshot_xmin), in the order
-- (xid, seq). Below that line nothing can appear any more.
--
-- Triggers write the entries, so that the journal is complete whoever changes a row.

CREATE TABLE change_journal (
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    seq bigint GENERATED ALWAYS AS IDENTITY,
    created_at timestamptz NOT NULL DEFAULT now(),
    target_id bigint NOT NULL,
    -- 1 category, 2 tag, 3 user, 4 topic, 5 post.
    kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 5),
    -- 1 created, 2 edited, 3 moved, 4 deleted, 5 recovered.
    action smallint NOT NULL CHECK (action BETWEEN 1 AND 5),
    -- Set when the change may have taken the thing from somebody: who could see it just before. Only they
    -- are told that it is gone. Moderators and administrators alone among the groups when staff_only.
    audience_groups bigint[],
    audience_users bigint[],
    staff_only boolean NOT NULL DEFAULT false,
    PRIMARY KEY (xid, seq)
);

-- How far back the journal reaches. Transaction ids mean something in one database cluster only: after a
-- restore into another one the journal begins anew.
CREATE TABLE change_journal_state (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    system_identifier bigint NOT NULL,
    floor_xid xid8 NOT NULL DEFAULT '0',
    floor_seq bigint NOT NULL DEFAULT 0
);
INSERT INTO change_journal_state (system_identifier) SELECT system_identifier FROM pg_control_system();

-- Whether this transaction has told of the thing already: one entry is enough for "look again".
CREATE FUNCTION journal_has(wanted_kind smallint, wanted bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM change_journal j WHERE j.xid = pg_current_xact_id()
        AND j.kind = wanted_kind AND j.target_id = wanted)
$$;

-- Who can see a topic as the given row has it; NULLs for a deleted one, which nobody can.
CREATE FUNCTION journal_topic_audience(
    t topics, OUT groups bigint[], OUT users bigint[], OUT staff_only boolean
) LANGUAGE plpgsql STABLE AS $$
BEGIN
    staff_only := false;
    IF t.deleted_at IS NOT NULL THEN RETURN; END IF;
    IF t.archetype = 'private_message' THEN
        SELECT ARRAY[1::bigint] || coalesce(array_agg(ta.group_id), '{}') INTO groups
            FROM topic_allowed_groups ta WHERE ta.topic_id = t.id AND ta.group_id <> 0;
        SELECT array_agg(ta.user_id) INTO users FROM topic_allowed_users ta WHERE ta.topic_id = t.id;
        RETURN;
    END IF;
    SELECT ARRAY[1::bigint] || coalesce(array_agg(cg.group_id), '{}') INTO groups
        FROM category_groups cg WHERE cg.category_id = t.category_id;
    IF NOT t.visible THEN
        staff_only := true;
        users := ARRAY[t.user_id];
    END IF;
END $$;

-- Posts ------------------------------------------------------------------------------------------------

CREATE FUNCTION journal_posts_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_journal (kind, action, target_id)
    SELECT 5, 1, id FROM added ORDER BY topic_id, post_number;
    RETURN NULL;
END $$;
CREATE TRIGGER journal_posts_added AFTER INSERT ON posts
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION journal_posts_added();

-- Who can see a post as the given row has it.
CREATE FUNCTION journal_post_audience(
    p posts, OUT groups bigint[], OUT users bigint[], OUT staff_only boolean
) LANGUAGE plpgsql STABLE AS $$
DECLARE t topics;
BEGIN
    staff_only := false;
    IF p.deleted_at IS NOT NULL THEN RETURN; END IF;
    SELECT * INTO t FROM topics WHERE id = p.topic_id;
    IF NOT FOUND THEN RETURN; END IF;
    SELECT a.groups, a.users, a.staff_only INTO groups, users, staff_only FROM journal_topic_audience(t) a;
    IF p.post_type = 4 OR p.hidden THEN
        staff_only := true;
        users := CASE WHEN p.post_type = 4 OR groups IS NULL THEN NULL ELSE ARRAY[p.user_id] END;
    END IF;
END $$;

CREATE FUNCTION journal_post_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told smallint := 2;
    leaves boolean := false;
    a record;
BEGIN
    IF NEW.topic_id <> OLD.topic_id THEN
        told := 3;
        leaves := true;
    ELSIF OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL
        OR NEW.hidden AND NOT OLD.hidden OR NEW.post_type = 4 AND OLD.post_type <> 4 THEN
        told := 4;
        leaves := true;
    ELSIF OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL
        OR OLD.hidden AND NOT NEW.hidden OR OLD.post_type = 4 AND NEW.post_type <> 4 THEN
        told := 5;
    END IF;
    IF leaves THEN
        SELECT * INTO a FROM journal_post_audience(OLD);
        INSERT INTO change_journal (kind, action, target_id, audience_groups, audience_users, staff_only)
        VALUES (5, told, NEW.id, a.groups, a.users, a.staff_only);
    ELSE
        INSERT INTO change_journal (kind, action, target_id) VALUES (5, told, NEW.id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER journal_post_changed
    AFTER UPDATE OF raw, cooked, deleted_at, hidden, post_type, topic_id, post_number, user_id, wiki, version
    ON posts FOR EACH ROW
    WHEN ((OLD.version, OLD.deleted_at, OLD.hidden, OLD.post_type, OLD.topic_id, OLD.post_number, OLD.user_id,
            OLD.wiki, OLD.raw, OLD.cooked)
        IS DISTINCT FROM (NEW.version, NEW.deleted_at, NEW.hidden, NEW.post_type, NEW.topic_id,
            NEW.post_number, NEW.user_id, NEW.wiki, NEW.raw, NEW.cooked))
    EXECUTE FUNCTION journal_post_changed();

-- Before, because what says who could see the row goes with it.
CREATE FUNCTION journal_post_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_journal (kind, action, target_id, audience_groups, audience_users, staff_only)
    SELECT 5, 4, OLD.id, a.groups, a.users, a.staff_only FROM journal_post_audience(OLD) a;
    RETURN OLD;
END $$;
CREATE TRIGGER journal_post_removed BEFORE DELETE ON posts
    FOR EACH ROW EXECUTE FUNCTION journal_post_removed();

-- Topics -----------------------------------------------------------------------------------------------

CREATE FUNCTION journal_topics_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_journal (kind, action, target_id) SELECT 4, 1, id FROM added ORDER BY id;
    RETURN NULL;
END $$;
CREATE TRIGGER journal_topics_added AFTER INSERT ON topics
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION journal_topics_added();

CREATE FUNCTION journal_topic_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told smallint := 2;
    leaves boolean := false;
    a record;
BEGIN
    IF OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL OR OLD.visible AND NOT NEW.visible THEN
        told := 4;
        leaves := true;
    ELSIF OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL OR NEW.visible AND NOT OLD.visible THEN
        told := 5;
    END IF;
    IF (OLD.category_id, OLD.archetype) IS DISTINCT FROM (NEW.category_id, NEW.archetype) THEN
        IF told = 2 THEN told := 3; END IF;
        leaves := true;
    END IF;
    IF leaves THEN
        SELECT * INTO a FROM journal_topic_audience(OLD);
        INSERT INTO change_journal (kind, action, target_id, audience_groups, audience_users, staff_only)
        VALUES (4, told, NEW.id, a.groups, a.users, a.staff_only);
    ELSE
        INSERT INTO change_journal (kind, action, target_id) VALUES (4, told, NEW.id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER journal_topic_changed
    AFTER UPDATE OF title, slug, category_id, archetype, deleted_at, visible, closed, archived, pinned_at,
        pinned_until, pinned_globally, user_id ON topics FOR EACH ROW
    WHEN ((OLD.title, OLD.slug, OLD.category_id, OLD.archetype, OLD.deleted_at, OLD.visible, OLD.closed,
            OLD.archived, OLD.pinned_at, OLD.pinned_until, OLD.pinned_globally, OLD.user_id)
        IS DISTINCT FROM (NEW.title, NEW.slug, NEW.category_id, NEW.archetype, NEW.deleted_at, NEW.visible,
            NEW.closed, NEW.archived, NEW.pinned_at, NEW.pinned_until, NEW.pinned_globally, NEW.user_id))
    EXECUTE FUNCTION journal_topic_changed();

CREATE FUNCTION journal_topic_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_journal (kind, action, target_id, audience_groups, audience_users, staff_only)
    SELECT 4, 4, OLD.id, a.groups, a.users, a.staff_only FROM journal_topic_audience(OLD) a;
    RETURN OLD;
END $$;
CREATE TRIGGER journal_topic_removed BEFORE DELETE ON topics
    FOR EACH ROW EXECUTE FUNCTION journal_topic_removed();

CREATE FUNCTION journal_topic_tags() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_journal (kind, action, target_id)
    SELECT 4, 2, r.topic_id FROM (SELECT DISTINCT topic_id FROM changed) r
    WHERE NOT journal_has(4::smallint, r.topic_id);
    RETURN NULL;
END $$;
CREATE TRIGGER journal_topic_tags_added AFTER INSERT ON topic_tags
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION journal_topic_tags();
CREATE TRIGGER journal_topic_tags_removed AFTER DELETE ON topic_tags
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION journal_topic_tags();

-- Somebody is let into a message, or out of it.
CREATE FUNCTION journal_topic_opened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_journal (kind, action, target_id)
    SELECT 4, 5, r.topic_id FROM (SELECT DISTINCT topic_id FROM changed) r
    WHERE NOT journal_has(4::smallint, r.topic_id);
    RETURN NULL;
END $$;
CREATE TRIGGER journal_topic_opened_to_users AFTER INSERT ON topic_allowed_users
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION journal_topic_opened();
CREATE TRIGGER journal_topic_opened_to_groups AFTER INSERT ON topic_allowed_groups
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION journal_topic_opened();

CREATE FUNCTION journal_topic_closed_to_users() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_journal (kind, action, target_id, audience_users)
    SELECT 4, 3, c.topic_id, array_agg(c.user_id) FROM changed c JOIN topics t ON t.id = c.topic_id
    WHERE t.deleted_at IS NULL AND t.archetype = 'private_message' GROUP BY c.topic_id;
    RETURN NULL;
END $$;
CREATE TRIGGER journal_topic_closed_to_users AFTER DELETE ON topic_allowed_users
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION journal_topic_closed_to_users();

CREATE FUNCTION journal_topic_closed_to_groups() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_journal (kind, action, target_id, audience_groups)
    SELECT 4, 3, c.topic_id, array_agg(c.group_id) FROM changed c JOIN topics t ON t.id = c.topic_id
    WHERE t.deleted_at IS NULL AND t.archetype = 'private_message' AND c.group_id <> 0
    GROUP BY c.topic_id;
    RETURN NULL;
END $$;
CREATE TRIGGER journal_topic_closed_to_groups AFTER DELETE ON topic_allowed_groups
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION journal_topic_closed_to_groups();

-- Categories -------------------------------------------------------------------------------------------

CREATE FUNCTION journal_category_audience(category bigint) RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT ARRAY[1::bigint] || coalesce(array_agg(cg.group_id), '{}')
    FROM category_groups cg WHERE cg.category_id = category
$$;

CREATE FUNCTION journal_category_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_journal (kind, action, target_id)
    VALUES (1, CASE TG_OP WHEN 'INSERT' THEN 1 ELSE 2 END, NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER journal_category_added AFTER INSERT ON categories
    FOR EACH ROW EXECUTE FUNCTION journal_category_changed();
CREATE TRIGGER journal_category_changed
    AFTER UPDATE OF name, slug, color, text_color, description_raw, parent_category_id, position ON categories
    FOR EACH ROW
    WHEN ((OLD.name, OLD.slug, OLD.color, OLD.text_color, OLD.description_raw, OLD.parent_category_id,
            OLD.position)
        IS DISTINCT FROM (NEW.name, NEW.slug, NEW.color, NEW.text_color, NEW.description_raw,
            NEW.parent_category_id, NEW.position))
    EXECUTE FUNCTION journal_category_changed();

CREATE FUNCTION journal_category_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_journal (kind, action, target_id, audience_groups)
    VALUES (1, 4, OLD.id, journal_category_audience(OLD.id));
    RETURN OLD;
END $$;
CREATE TRIGGER journal_category_removed BEFORE DELETE ON categories
    FOR EACH ROW EXECUTE FUNCTION journal_category_removed();

-- Who loses a category is told that it is gone; whoever gains one, that it has come back to them: with
-- all its topics, which get no entries of their own.
CREATE FUNCTION journal_category_opened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_journal (kind, action, target_id)
    SELECT 1, 5, r.category_id FROM (SELECT DISTINCT category_id FROM changed) r
    WHERE NOT EXISTS (SELECT 1 FROM change_journal j WHERE j.xid = pg_current_xact_id()
        AND j.kind = 1 AND j.target_id = r.category_id AND j.action IN (1, 5));
    RETURN NULL;
END $$;
CREATE TRIGGER journal_category_opened AFTER INSERT ON category_groups
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION journal_category_opened();

CREATE FUNCTION journal_category_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_journal (kind, action, target_id, audience_groups)
    SELECT 1, 3, r.category_id, array_agg(r.group_id) FROM changed r
    WHERE EXISTS (SELECT 1 FROM categories c WHERE c.id = r.category_id)
    GROUP BY r.category_id;
    RETURN NULL;
END $$;
CREATE TRIGGER journal_category_closed AFTER DELETE ON category_groups
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION journal_category_closed();

-- Tags -------------------------------------------------------------------------------------------------

CREATE FUNCTION journal_tag_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_journal (kind, action, target_id)
    VALUES (2, CASE TG_OP WHEN 'INSERT' THEN 1 ELSE 2 END, NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER journal_tag_added AFTER INSERT ON tags
    FOR EACH ROW EXECUTE FUNCTION journal_tag_changed();
CREATE TRIGGER journal_tag_changed AFTER UPDATE OF name, slug, description ON tags FOR EACH ROW
    WHEN ((OLD.name, OLD.slug, OLD.description) IS DISTINCT FROM (NEW.name, NEW.slug, NEW.description))
    EXECUTE FUNCTION journal_tag_changed();

-- A tag is seen on the topics that bear it.
CREATE FUNCTION journal_tag_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_journal (kind, action, target_id, audience_groups)
    SELECT 2, 4, OLD.id, ARRAY[3::bigint] || coalesce(array_agg(DISTINCT cg.group_id), '{}')
    FROM topic_tags tt
        JOIN topics t ON t.id = tt.topic_id AND t.archetype = 'regular' AND t.visible
            AND t.deleted_at IS NULL
        JOIN category_groups cg ON cg.category_id = t.category_id
    WHERE tt.tag_id = OLD.id;
    RETURN OLD;
END $$;
CREATE TRIGGER journal_tag_removed BEFORE DELETE ON tags
    FOR EACH ROW EXECUTE FUNCTION journal_tag_removed();

-- Users ------------------------------------------------------------------------------------------------

-- Those who can be seen: active, approved, not only an address.
CREATE FUNCTION journal_user_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was boolean := TG_OP <> 'INSERT';
    is_shown boolean := TG_OP <> 'DELETE';
BEGIN
    IF was THEN was := OLD.active AND OLD.approved AND NOT OLD.staged; END IF;
    IF is_shown THEN is_shown := NEW.active AND NEW.approved AND NOT NEW.staged; END IF;
    IF was OR is_shown THEN
        INSERT INTO change_journal (kind, action, target_id, audience_groups)
        VALUES (3, CASE WHEN NOT is_shown THEN 4 WHEN NOT was THEN 1 ELSE 2 END,
            CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,
            CASE WHEN was AND NOT is_shown THEN ARRAY[0::bigint] END);
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER journal_user_added AFTER INSERT ON users
    FOR EACH ROW EXECUTE FUNCTION journal_user_changed();
CREATE TRIGGER journal_user_changed
    AFTER UPDATE OF username, name, title, bio_raw, location, website, active, approved, staged, admin,
        moderator ON users FOR EACH ROW
    WHEN ((OLD.username, OLD.name, OLD.title, OLD.bio_raw, OLD.location, OLD.website, OLD.active, OLD.approved,
            OLD.staged, OLD.admin, OLD.moderator)
        IS DISTINCT FROM (NEW.username, NEW.name, NEW.title, NEW.bio_raw, NEW.location, NEW.website, NEW.active,
            NEW.approved, NEW.staged, NEW.admin, NEW.moderator))
    EXECUTE FUNCTION journal_user_changed();
CREATE TRIGGER journal_user_removed BEFORE DELETE ON users
    FOR EACH ROW EXECUTE FUNCTION journal_user_changed();
