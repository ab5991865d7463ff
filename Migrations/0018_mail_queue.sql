-- The queue of outgoing mail as an administrator acts on it, and addresses that get none.

-- Kept back by staff: still queued, and sent when it is let go.
ALTER TABLE outgoing_emails ADD COLUMN held_at timestamptz;
-- When trying ends (RFC 5321 §4.5.4.1: four or five days).
ALTER TABLE outgoing_emails
    ADD COLUMN expires_at timestamptz NOT NULL DEFAULT now() + interval '5 days';

CREATE TABLE email_suppressions (
    address_lower text PRIMARY KEY CHECK (length(address_lower) BETWEEN 3 AND 320),
    -- What the relay or a member of staff said.
    reason text NOT NULL,
    -- 'refusal' of the relay, 'staff'.
    source text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- After this, mail is tried again; NULL for ever.
    expires_at timestamptz
);

-- The mail that a post came by.
CREATE INDEX incoming_emails_by_post ON incoming_emails (post_id) WHERE post_id IS NOT NULL;
