ALTER TABLE identity.webhooks ADD COLUMN verified_at timestamptz(3);
COMMENT ON COLUMN identity.webhooks.verified_at IS 'when its receiver answered a challenge; null: nothing is posted';
-- A receiver that took a reminder since it was registered is known to want them.
UPDATE identity.webhooks SET verified_at = date_trunc('milliseconds', now()) WHERE EXISTS (
  SELECT FROM notifications.ledger
  WHERE ledger.user_id = webhooks.user_id AND channel = 'webhook' AND state = 'sent' AND sent_at >= webhooks.created_at);
CREATE OR REPLACE VIEW identity.recipients AS
  SELECT users.id AS user_id, email, name, time_zone, locale, preferences, url AS webhook_url, secret AS webhook_secret,
    email_confirmed_at IS NOT NULL AS is_confirmed,
    EXISTS (SELECT FROM identity.suppressed_addresses WHERE hash = address_hash) AS is_suppressed,
    verified_at IS NOT NULL AS is_webhook_verified
  FROM identity.users LEFT JOIN identity.webhooks ON webhooks.user_id = users.id
  WHERE users.suspended_at IS NULL;
--> statement-breakpoint
-- People with something to send, and what is next of one of them, however much waits.
CREATE INDEX ledger_of_people ON notifications.ledger (channel, user_id, next_attempt_at, fired_for) WHERE state = 'pending';
COMMENT ON TABLE notifications.sent_counts IS 'Mails and posts of stretches of time, in all and for each person, for the limits';
--> statement-breakpoint
-- People see the reason of what was not sent: nothing about the operator's network or the inside of a mail server.
UPDATE notifications.ledger SET reason = 'the webhook could not be reached'
  WHERE channel = 'webhook' AND state <> 'suppressed' AND reason NOT LIKE 'answered %';
UPDATE notifications.ledger SET reason = 'the mail server did not take the mail'
  WHERE channel = 'email' AND state IN ('pending', 'failed') AND reason NOT LIKE 'at most %';
