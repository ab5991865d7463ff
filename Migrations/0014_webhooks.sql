-- What other programs are told of: webhooks of administrators and the push addresses of members' keys. All of it goes
-- out through one queue.

CREATE TABLE web_hooks (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payload_url text NOT NULL CHECK (char_length(payload_url) BETWEEN 1 AND 2000),
    -- 1 JSON, 2 form.
    content_type smallint NOT NULL DEFAULT 1 CHECK (content_type BETWEEN 1 AND 2),
    -- 1 inactive, 2 failed, 3 successful, 4 disabled.
    last_delivery_status smallint NOT NULL DEFAULT 1 CHECK (last_delivery_status BETWEEN 1 AND 4),
    -- Sealed by a key that is not in the database.
    sealed_secret bytea CHECK (octet_length(sealed_secret) <= 2000),
    wildcard boolean NOT NULL DEFAULT false,
    -- Discourse's numbers of kinds of events.
    event_types smallint[] NOT NULL DEFAULT '{}',
    -- Arrays and no references: a filter whose last category is gone lets nothing through, not everything.
    category_ids bigint[] NOT NULL DEFAULT '{}',
    tag_ids bigint[] NOT NULL DEFAULT '{}',
    group_ids bigint[] NOT NULL DEFAULT '{}',
    verify_certificate boolean NOT NULL DEFAULT true,
    active boolean NOT NULL DEFAULT false,
    -- Deliveries given up one after the other.
    given_up smallint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE outgoing_requests (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    web_hook_id bigint REFERENCES web_hooks ON DELETE CASCADE,
    user_api_key_id bigint REFERENCES user_api_keys ON DELETE CASCADE,
    -- A number of a kind of event; 0 ping.
    event_type smallint NOT NULL DEFAULT 0,
    event_name text NOT NULL CHECK (char_length(event_name) <= 100),
    -- What it is about. No references: what is gone may still have to be told.
    topic_id bigint,
    post_id bigint,
    user_id bigint,
    object_id bigint,
    data jsonb NOT NULL DEFAULT '{}',
    -- new (its body is not written yet), queued, successful, failed, skipped.
    state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'queued', 'successful', 'failed', 'skipped')),
    -- Asked for by a person: sent out of turn, and also while the webhook is off.
    forced boolean NOT NULL DEFAULT false,
    payload text,
    request_headers text,
    status integer,
    response_headers text,
    response_body text,
    duration_ms integer,
    attempts smallint NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    leased_until timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CHECK (num_nonnulls(web_hook_id, user_api_key_id) = 1)
);
CREATE INDEX outgoing_requests_by_web_hook ON outgoing_requests (web_hook_id, id);
CREATE INDEX outgoing_requests_by_key ON outgoing_requests (user_api_key_id);
CREATE INDEX outgoing_requests_unwritten ON outgoing_requests (id) WHERE state = 'new';
CREATE INDEX outgoing_requests_waiting ON outgoing_requests (web_hook_id, id) WHERE state IN ('new', 'queued');
CREATE INDEX outgoing_requests_finished ON outgoing_requests (finished_at) WHERE finished_at IS NOT NULL;

-- Events of people, categories, tags, groups, badges, the review queue and notices. Triggers write them, so that webhooks
-- hear of a change whoever makes it; and only when a webhook asks for the kind.
CREATE FUNCTION tell_web_hooks(kind smallint, event_name text, object bigint, facts jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO outbox (event, data)
    SELECT 'web_hook', facts || jsonb_build_object('type', kind, 'name', event_name, 'object_id', object)
    WHERE EXISTS (SELECT 1 FROM web_hooks h WHERE h.active AND (h.wildcard OR kind = ANY(h.event_types)))
$$;

CREATE FUNCTION web_hooks_users() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM tell_web_hooks(307::smallint, 'user_destroyed', OLD.id, jsonb_build_object('gone', jsonb_build_object(
            'id', OLD.id, 'username', OLD.username, 'name', OLD.name)));
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_web_hooks(304::smallint, 'user_created', NEW.id, jsonb_build_object('user_id', NEW.id));
        RETURN NULL;
    END IF;
    IF NEW.approved AND NOT OLD.approved THEN
        PERFORM tell_web_hooks(305::smallint, 'user_approved', NEW.id, jsonb_build_object('user_id', NEW.id));
    END IF;
    IF NEW.suspended_till > now() AND (OLD.suspended_till IS NULL OR OLD.suspended_till <= now()) THEN
        PERFORM tell_web_hooks(308::smallint, 'user_suspended', NEW.id, jsonb_build_object('user_id', NEW.id));
    ELSIF OLD.suspended_till > now() AND (NEW.suspended_till IS NULL OR NEW.suspended_till <= now()) THEN
        PERFORM tell_web_hooks(309::smallint, 'user_unsuspended', NEW.id, jsonb_build_object('user_id', NEW.id));
    END IF;
    IF NEW.trust_level > OLD.trust_level THEN
        PERFORM tell_web_hooks(1601::smallint, 'user_promoted', NEW.id, jsonb_build_object('user_id', NEW.id));
    END IF;
    IF (NEW.username, NEW.name, NEW.title, NEW.bio_raw, NEW.location, NEW.website, NEW.admin, NEW.moderator, NEW.active)
        IS DISTINCT FROM
        (OLD.username, OLD.name, OLD.title, OLD.bio_raw, OLD.location, OLD.website, OLD.admin, OLD.moderator, OLD.active)
    THEN
        PERFORM tell_web_hooks(306::smallint, 'user_updated', NEW.id, jsonb_build_object('user_id', NEW.id));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER web_hooks_users_added AFTER INSERT OR DELETE ON users
    FOR EACH ROW EXECUTE FUNCTION web_hooks_users();
CREATE TRIGGER web_hooks_users_changed AFTER UPDATE OF username, name, title, bio_raw, location, website, admin, moderator,
    active, approved, suspended_till, trust_level ON users FOR EACH ROW EXECUTE FUNCTION web_hooks_users();

CREATE FUNCTION web_hooks_emails() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tell_web_hooks(303::smallint, 'user_confirmed_email', NEW.user_id, jsonb_build_object('user_id', NEW.user_id));
    RETURN NULL;
END $$;
CREATE TRIGGER web_hooks_emails AFTER UPDATE OF verified_at ON user_emails FOR EACH ROW
    WHEN (OLD.verified_at IS NULL AND NEW.verified_at IS NOT NULL) EXECUTE FUNCTION web_hooks_emails();

-- A session that ran out is no log-out.
CREATE FUNCTION web_hooks_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_web_hooks(301::smallint, 'user_logged_in', NEW.user_id, jsonb_build_object('user_id', NEW.user_id));
    ELSIF OLD.last_used_at > now() - interval '59 days' THEN
        PERFORM tell_web_hooks(302::smallint, 'user_logged_out', OLD.user_id, jsonb_build_object('user_id', OLD.user_id));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER web_hooks_sessions AFTER INSERT OR DELETE ON sessions
    FOR EACH ROW EXECUTE FUNCTION web_hooks_sessions();

CREATE FUNCTION web_hooks_categories() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM tell_web_hooks(503::smallint, 'category_destroyed', OLD.id, jsonb_build_object('category_id', OLD.id,
            'gone', jsonb_build_object('id', OLD.id, 'name', OLD.name, 'slug', OLD.slug)));
    ELSIF TG_OP = 'INSERT' THEN
        PERFORM tell_web_hooks(501::smallint, 'category_created', NEW.id, jsonb_build_object('category_id', NEW.id));
    ELSE
        PERFORM tell_web_hooks(502::smallint, 'category_updated', NEW.id, jsonb_build_object('category_id', NEW.id));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER web_hooks_categories AFTER INSERT OR DELETE OR UPDATE OF name, slug, color, text_color, description_raw,
    parent_category_id, position ON categories FOR EACH ROW EXECUTE FUNCTION web_hooks_categories();

CREATE FUNCTION web_hooks_tags() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM tell_web_hooks(603::smallint, 'tag_destroyed', OLD.id, jsonb_build_object('tag_id', OLD.id,
            'gone', jsonb_build_object('id', OLD.id, 'name', OLD.name, 'slug', OLD.slug)));
    ELSIF TG_OP = 'INSERT' THEN
        PERFORM tell_web_hooks(601::smallint, 'tag_created', NEW.id, jsonb_build_object('tag_id', NEW.id));
    ELSE
        PERFORM tell_web_hooks(602::smallint, 'tag_updated', NEW.id, jsonb_build_object('tag_id', NEW.id));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER web_hooks_tags AFTER INSERT OR DELETE OR UPDATE OF name, slug, description ON tags
    FOR EACH ROW EXECUTE FUNCTION web_hooks_tags();

CREATE FUNCTION web_hooks_groups() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM tell_web_hooks(403::smallint, 'group_destroyed', OLD.id, jsonb_build_object('group_id', OLD.id,
            'gone', jsonb_build_object('id', OLD.id, 'name', OLD.name)));
    ELSIF TG_OP = 'INSERT' THEN
        PERFORM tell_web_hooks(401::smallint, 'group_created', NEW.id, jsonb_build_object('group_id', NEW.id));
    ELSE
        PERFORM tell_web_hooks(402::smallint, 'group_updated', NEW.id, jsonb_build_object('group_id', NEW.id));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER web_hooks_groups AFTER INSERT OR DELETE ON groups FOR EACH ROW EXECUTE FUNCTION web_hooks_groups();
CREATE TRIGGER web_hooks_groups_changed AFTER UPDATE ON groups FOR EACH ROW
    WHEN (to_jsonb(OLD) - 'user_count' - 'updated_at' IS DISTINCT FROM to_jsonb(NEW) - 'user_count' - 'updated_at')
    EXECUTE FUNCTION web_hooks_groups();

CREATE FUNCTION web_hooks_group_users() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_web_hooks(1401::smallint, 'user_added_to_group', NEW.group_id,
            jsonb_build_object('group_id', NEW.group_id, 'user_id', NEW.user_id));
    ELSE
        PERFORM tell_web_hooks(1402::smallint, 'user_removed_from_group', OLD.group_id,
            jsonb_build_object('group_id', OLD.group_id, 'user_id', OLD.user_id));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER web_hooks_group_users AFTER INSERT OR DELETE ON group_users
    FOR EACH ROW EXECUTE FUNCTION web_hooks_group_users();

CREATE FUNCTION web_hooks_user_badges() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_web_hooks(1301::smallint, 'user_badge_granted', NEW.id, jsonb_build_object(
            'user_id', NEW.user_id, 'badge_id', NEW.badge_id, 'granted_by_id', NEW.granted_by_id,
            'granted_at', NEW.granted_at));
    ELSE
        PERFORM tell_web_hooks(1302::smallint, 'user_badge_revoked', OLD.id, jsonb_build_object(
            'user_id', OLD.user_id, 'badge_id', OLD.badge_id, 'granted_by_id', OLD.granted_by_id,
            'granted_at', OLD.granted_at));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER web_hooks_user_badges AFTER INSERT OR DELETE ON user_badges
    FOR EACH ROW EXECUTE FUNCTION web_hooks_user_badges();

CREATE FUNCTION web_hooks_reviewables() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_web_hooks(901::smallint, 'reviewable_created', NEW.id,
            jsonb_build_object('topic_id', NEW.topic_id, 'category_id', NEW.category_id));
    ELSE
        PERFORM tell_web_hooks(902::smallint,
            CASE WHEN NEW.status <> OLD.status THEN 'reviewable_transitioned_to' ELSE 'reviewable_score_updated' END,
            NEW.id, jsonb_build_object('topic_id', NEW.topic_id, 'category_id', NEW.category_id));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER web_hooks_reviewables_added AFTER INSERT ON reviewables
    FOR EACH ROW EXECUTE FUNCTION web_hooks_reviewables();
CREATE TRIGGER web_hooks_reviewables_changed AFTER UPDATE OF status, score ON reviewables FOR EACH ROW
    WHEN ((OLD.status, OLD.score) IS DISTINCT FROM (NEW.status, NEW.score))
    EXECUTE FUNCTION web_hooks_reviewables();

-- Notices: for webhooks, and for members whose programs are pushed to. Thousands come in one statement.
CREATE INDEX user_api_keys_pushed ON user_api_keys (user_id) WHERE push_url <> '';
CREATE FUNCTION web_hooks_notifications() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM web_hooks h WHERE h.active AND (h.wildcard OR 1001 = ANY(h.event_types))) THEN
        INSERT INTO outbox (event, data)
        SELECT 'web_hook', jsonb_build_object('type', 1001, 'name', 'notification_created', 'object_id', a.id,
            'topic_id', a.topic_id, 'user_id', a.user_id) FROM added a ORDER BY a.id;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM user_api_keys WHERE push_url <> '') THEN RETURN NULL; END IF;
    -- 1 mentioned, 2 replied, 3 quoted, 6 private_message, 9 posted, 11 linked, 15 group_mentioned,
    -- 17 watching_first_post, 24 bookmark_reminder, 27 event_reminder, 28 event_invitation, 36 watching_category_or_tag.
    INSERT INTO outgoing_requests (user_api_key_id, event_name, object_id, topic_id, post_id, user_id)
    SELECT k.id, 'push', a.id, a.topic_id, a.post_id, a.user_id
    FROM added a JOIN user_api_keys k ON k.user_id = a.user_id
    WHERE k.push_url <> '' AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
        AND k.scopes && ARRAY['push', 'notifications']
        AND a.notification_type IN (1, 2, 3, 6, 9, 11, 15, 17, 24, 27, 28, 36)
    ORDER BY a.id;
    RETURN NULL;
END $$;
CREATE TRIGGER web_hooks_notifications AFTER INSERT ON notifications
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION web_hooks_notifications();

-- Only the owner of a table may have it analysed; an import makes the statistics stale at once.
CREATE FUNCTION analyze_imported() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    ANALYZE users, user_emails, categories, topics, posts, post_search_data, post_message_ids;
END $$;
