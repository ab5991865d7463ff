-- Who wrote a mail as far as anybody vouches for it, what came back of ours, and what is asked for by mail.

ALTER TABLE incoming_emails
    -- Discourse's words: 'pass', 'fail', 'gray'; NULL when the mail came to its verdict before that was asked.
    ADD COLUMN sender_verdict text CHECK (sender_verdict IN ('pass', 'fail', 'gray')),
    -- Who vouches: the server's results and our own.
    ADD COLUMN sender_evidence text CHECK (char_length(sender_evidence) <= 1000),
    ADD COLUMN is_bounce boolean NOT NULL DEFAULT false;
CREATE INDEX incoming_emails_by_age ON incoming_emails (received_at);

-- A mail of ours that a server far away took and could not deliver.
ALTER TABLE outgoing_emails
    ADD COLUMN bounced_at timestamptz,
    -- RFC 3463, such as 5.1.1.
    ADD COLUMN bounce_error_code text CHECK (char_length(bounce_error_code) <= 20);
CREATE INDEX outgoing_emails_bounced ON outgoing_emails (id DESC) WHERE bounced_at IS NOT NULL;
CREATE INDEX outgoing_emails_by_message ON outgoing_emails (user_id, message_id)
    WHERE message_id IS NOT NULL;

-- Whose mails come back is asked once more before they get none: when that was, while it is not decided.
ALTER TABLE users ADD COLUMN bounce_probe_at timestamptz;
CREATE INDEX users_by_bounces ON users (reset_bounce_score_after) WHERE bounce_score > 0;

-- What somebody asked for by a mail to a command address, until they confirm it. Only the hash of the secret is kept.
CREATE TABLE mail_command_tokens (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    command text NOT NULL CHECK (command IN ('subscribe', 'unsubscribe', 'digest', 'stop')),
    address_lower text NOT NULL CHECK (char_length(address_lower) <= 320),
    category_id bigint REFERENCES categories ON DELETE CASCADE,
    tag_id bigint REFERENCES tags ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);
CREATE INDEX mail_command_tokens_by_age ON mail_command_tokens (expires_at);
