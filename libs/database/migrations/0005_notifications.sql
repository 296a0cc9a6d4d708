ALTER TABLE identity.users ADD COLUMN preferences jsonb NOT NULL DEFAULT '{}';
COMMENT ON COLUMN identity.users.preferences IS 'how this person wants to be notified: what differs from the defaults (libs/database/src/identity.ts)';
CREATE TABLE identity.webhooks (
  user_id uuid PRIMARY KEY REFERENCES identity.users ON DELETE CASCADE,
  url text NOT NULL,
  secret text NOT NULL,
  created_at timestamptz(3) NOT NULL
);
COMMENT ON COLUMN identity.webhooks.secret IS 'signs what is sent to url; shown to the person once';
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.webhooks TO taskflow_chat_api;
CREATE OR REPLACE VIEW identity.recipients AS
  SELECT id AS user_id, email, name, time_zone, locale, preferences, url AS webhook_url, secret AS webhook_secret
  FROM identity.users LEFT JOIN identity.webhooks ON webhooks.user_id = users.id;
--> statement-breakpoint
CREATE TABLE tasks.used_links (
  id text PRIMARY KEY,
  user_id uuid NOT NULL,
  expires_at timestamptz(3) NOT NULL
);
COMMENT ON TABLE tasks.used_links IS 'Links of mails that have done what they are for, kept until they expire: each acts once';
CREATE INDEX used_links_by_expiry ON tasks.used_links (expires_at);
GRANT SELECT, INSERT, DELETE ON tasks.used_links TO taskflow_chat_api;
--> statement-breakpoint
-- Asked before anything is sent: nobody is reminded of what was completed, dismissed or snoozed while the mail waited.
CREATE VIEW tasks.reminder_states AS
  SELECT reminders.id AS reminder_id, at, state, is_completed OR deleted_at IS NOT NULL AS is_over
  FROM tasks.reminders JOIN tasks.tasks ON tasks.id = reminders.task_id;
COMMENT ON VIEW tasks.reminder_states IS 'What notification-service may know of a reminder';
GRANT USAGE ON SCHEMA tasks TO taskflow_notification_service;
GRANT SELECT ON tasks.reminder_states TO taskflow_notification_service;
--> statement-breakpoint
ALTER TABLE notifications.ledger
  DROP CONSTRAINT ledger_channel_check,
  ADD CONSTRAINT ledger_channel_check CHECK (channel IN ('email', 'webhook')),
  ADD COLUMN claimed_until timestamptz(3),
  ADD COLUMN copies integer NOT NULL DEFAULT 0,
  ADD COLUMN digest date,
  ADD COLUMN give_up_at timestamptz(3);
UPDATE notifications.ledger SET give_up_at = created_at + interval '24 hours';
ALTER TABLE notifications.ledger ALTER COLUMN give_up_at SET NOT NULL;
COMMENT ON COLUMN notifications.ledger.give_up_at IS 'a day after it could first be sent; it has failed when nobody took it until then';
COMMENT ON COLUMN notifications.ledger.claimed_until IS 'a replica is sending this and says so again every 30 s; past: it died, another may take over';
COMMENT ON COLUMN notifications.ledger.copies IS 'how many mails the server may have taken: attempts that ended without its answer, and the one under way';
COMMENT ON COLUMN notifications.ledger.digest IS 'local date of the daily digest that this reminder is part of';
CREATE INDEX ledger_due ON notifications.ledger (channel, next_attempt_at) WHERE state = 'pending';
DROP INDEX notifications.ledger_pending;
CREATE INDEX ledger_claimed ON notifications.ledger (user_id, channel) WHERE state = 'pending' AND claimed_until IS NOT NULL;
DROP INDEX notifications.ledger_of_user;
CREATE INDEX ledger_of_user ON notifications.ledger (user_id, created_at DESC, reminder_id DESC, fired_for DESC, channel DESC);
--> statement-breakpoint
CREATE TABLE notifications.sent_counts (
  subject text NOT NULL,
  since timestamptz(3) NOT NULL,
  count integer NOT NULL,
  PRIMARY KEY (subject, since)
);
COMMENT ON TABLE notifications.sent_counts IS 'Mails handed over to the mail server and to each person, counted in stretches of time, for the limits of both';
CREATE INDEX sent_counts_by_age ON notifications.sent_counts (since);
GRANT SELECT, INSERT, UPDATE, DELETE ON notifications.sent_counts TO taskflow_notification_service;
