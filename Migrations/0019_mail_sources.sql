-- Places that mail is collected from, and where a mail came in from.

CREATE TABLE mail_sources (
    -- As it is configured, without the password: imaps://forum@mail.example:993/INBOX.
    name text PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 1000),
    tried_at timestamptz,
    succeeded_at timestamptz,
    -- Why mail could not be collected the last time, and since when.
    error text,
    failing_since timestamptz,
    -- Mails since it is known, by what became of them.
    taken bigint NOT NULL DEFAULT 0,
    refused bigint NOT NULL DEFAULT 0
);

-- Mails that are still in their place: what was taken is remembered, what could not be is tried again.
CREATE TABLE mail_source_mails (
    source text NOT NULL REFERENCES mail_sources ON DELETE CASCADE,
    -- What the place calls it: a UIDL, UIDVALIDITY and UID, the name of a file.
    uid text NOT NULL CHECK (length(uid) BETWEEN 1 AND 300),
    -- 'waiting' for its next attempt, 'done', or 'left' where it is for good.
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'left')),
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    error text,
    PRIMARY KEY (source, uid)
);

-- Who gave the mail to our own server: the address and what it called itself, for SPF; and the Received
-- field (RFC 5321 §4.4) that goes before the mail when it is shown. The mail itself stays as it came.
ALTER TABLE incoming_emails
    ADD COLUMN peer_address text,
    ADD COLUMN peer_name text,
    ADD COLUMN trace text;
