ALTER TABLE identity.users ADD COLUMN email_confirmed_at timestamptz(3), ADD COLUMN address_hash text;
COMMENT ON COLUMN identity.users.email_confirmed_at IS 'when the owner of the address confirmed it; null: reminders to it are held';
COMMENT ON COLUMN identity.users.address_hash IS 'the address as in suppressed_addresses; null: not asked for since the column exists';
-- Whoever had an account before keeps getting mail.
UPDATE identity.users SET email_confirmed_at = created_at;
--> statement-breakpoint
CREATE TABLE identity.mail_tokens (
  hash text PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES identity.users ON DELETE CASCADE,
  purpose text NOT NULL CHECK (purpose IN ('confirm', 'reset', 'change')),
  address text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL
);
COMMENT ON TABLE identity.mail_tokens IS 'SHA-256 of the tokens in account mails; a used one is deleted';
COMMENT ON COLUMN identity.mail_tokens.address IS 'where it was mailed; for a change the new address';
CREATE INDEX mail_tokens_of_user ON identity.mail_tokens (user_id);
CREATE INDEX mail_tokens_by_expiry ON identity.mail_tokens (expires_at);
GRANT SELECT, INSERT, DELETE ON identity.mail_tokens TO taskflow_chat_api;
--> statement-breakpoint
CREATE TABLE identity.reset_requests (
  id uuid PRIMARY KEY,
  address text NOT NULL,
  origin jsonb NOT NULL,
  expires_at timestamptz(3) NOT NULL
);
COMMENT ON TABLE identity.reset_requests IS 'Addresses typed into "forgot password", until a loop of chat-api looks for their account: the request does the same for all';
GRANT SELECT, INSERT, UPDATE (expires_at), DELETE ON identity.reset_requests TO taskflow_chat_api;
--> statement-breakpoint
CREATE TABLE identity.account_mails (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES identity.users ON DELETE CASCADE,
  address text NOT NULL,
  locale text NOT NULL,
  time_zone text NOT NULL,
  content jsonb NOT NULL,
  sealed_token text,
  can_refuse boolean NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  next_attempt_at timestamptz(3) NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  copies integer NOT NULL DEFAULT 0,
  claimed_until timestamptz(3)
);
COMMENT ON TABLE identity.account_mails IS 'Mails about an account that notification-service has yet to send: deleted when sent or expired';
COMMENT ON COLUMN identity.account_mails.sealed_token IS 'AES-256-GCM under a key derived from LINK_SECRET';
COMMENT ON COLUMN identity.account_mails.can_refuse IS 'the address is not proven: the mail offers to send no more';
COMMENT ON COLUMN identity.account_mails.claimed_until IS 'a replica is sending this and says so again every 30 s; past: it died, another may take over';
COMMENT ON COLUMN identity.account_mails.copies IS 'how many mails the server may have taken: attempts that ended without its answer, and the one under way';
CREATE INDEX account_mails_due ON identity.account_mails (next_attempt_at);
CREATE INDEX account_mails_of_user ON identity.account_mails (user_id);
GRANT SELECT, INSERT, DELETE ON identity.account_mails TO taskflow_chat_api;
GRANT SELECT, UPDATE (attempts, copies, next_attempt_at, claimed_until), DELETE ON identity.account_mails
  TO taskflow_notification_service;
--> statement-breakpoint
CREATE TABLE identity.suppressed_addresses (
  hash text PRIMARY KEY,
  created_at timestamptz(3) NOT NULL
);
COMMENT ON TABLE identity.suppressed_addresses IS 'Addresses whose owner wants no mail: HMAC-SHA256 under a key derived from ACCOUNT_KEY. Stays when the account is deleted';
GRANT SELECT, INSERT, DELETE ON identity.suppressed_addresses TO taskflow_chat_api;
--> statement-breakpoint
CREATE OR REPLACE VIEW identity.recipients AS
  SELECT users.id AS user_id, email, name, time_zone, locale, preferences, url AS webhook_url, secret AS webhook_secret,
    email_confirmed_at IS NOT NULL AS is_confirmed,
    EXISTS (SELECT FROM identity.suppressed_addresses WHERE hash = address_hash) AS is_suppressed
  FROM identity.users LEFT JOIN identity.webhooks ON webhooks.user_id = users.id
  WHERE users.suspended_at IS NULL;
--> statement-breakpoint
ALTER TABLE notifications.ledger
  DROP CONSTRAINT ledger_state_check,
  ADD CONSTRAINT ledger_state_check CHECK (state IN ('pending', 'held', 'sent', 'failed', 'suppressed'));
CREATE INDEX ledger_held ON notifications.ledger (user_id) WHERE state = 'held';
