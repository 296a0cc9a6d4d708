CREATE TABLE reminders.tasks (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  version integer NOT NULL,
  title text,
  description text,
  priority text,
  due_date timestamptz(3),
  time_zone text,
  is_over boolean NOT NULL
);
COMMENT ON TABLE reminders.tasks IS 'Projection of task events: only a greater version is applied; a deleted task stays as a tombstone without content';
CREATE TABLE reminders.schedule (
  reminder_id uuid PRIMARY KEY,
  task_id uuid NOT NULL REFERENCES reminders.tasks ON DELETE CASCADE,
  user_id uuid NOT NULL,
  type text NOT NULL,
  at timestamptz(3) NOT NULL,
  fired_at timestamptz(3)
);
CREATE INDEX schedule_due ON reminders.schedule (at) WHERE fired_at IS NULL;
CREATE INDEX schedule_of_task ON reminders.schedule (task_id);
CREATE INDEX schedule_of_user ON reminders.schedule (user_id);
CREATE INDEX tasks_of_user ON reminders.tasks (user_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON reminders.tasks, reminders.schedule TO taskflow_reminder_service;
--> statement-breakpoint
CREATE TABLE notifications.ledger (
  reminder_id uuid NOT NULL,
  fired_for timestamptz(3) NOT NULL,
  channel text NOT NULL CHECK (channel IN ('email')),
  user_id uuid NOT NULL,
  task_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('pending', 'sent', 'failed', 'suppressed')),
  content jsonb NOT NULL,
  origin jsonb NOT NULL,
  message_id text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3),
  reason text,
  created_at timestamptz(3) NOT NULL,
  sent_at timestamptz(3),
  PRIMARY KEY (reminder_id, fired_for, channel)
);
COMMENT ON TABLE notifications.ledger IS 'One row per firing of a reminder and channel: what was sent, what waits, what was refused and why';
CREATE INDEX ledger_pending ON notifications.ledger (next_attempt_at) WHERE state = 'pending';
CREATE INDEX ledger_of_user ON notifications.ledger (user_id, created_at DESC);
GRANT SELECT, INSERT, UPDATE, DELETE ON notifications.ledger TO taskflow_notification_service;
--> statement-breakpoint
CREATE TABLE audit.events (
  sequence bigint PRIMARY KEY,
  event_id text NOT NULL UNIQUE,
  type text NOT NULL,
  source text NOT NULL,
  subject text NOT NULL,
  task_id uuid,
  user_id uuid,
  time timestamptz(3) NOT NULL,
  correlation_id text,
  causation_id text,
  data jsonb NOT NULL,
  recorded text NOT NULL,
  hash text NOT NULL
);
COMMENT ON COLUMN audit.events.recorded IS 'canonical JSON (RFC 8785) of the record, the text that was hashed';
COMMENT ON COLUMN audit.events.hash IS 'SHA-256 over the hash before it and recorded: a changed, missing or swapped record shows';
CREATE INDEX events_of_user ON audit.events (user_id, sequence DESC);
CREATE INDEX events_of_task ON audit.events (task_id, sequence DESC);
CREATE TABLE audit.chain_head (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  sequence bigint NOT NULL,
  hash text NOT NULL
);
INSERT INTO audit.chain_head (sequence, hash) VALUES (0, repeat('0', 64));
GRANT SELECT, INSERT ON audit.events TO taskflow_audit_logger;
GRANT SELECT, UPDATE ON audit.chain_head TO taskflow_audit_logger;
--> statement-breakpoint
-- The rights above keep the service from changing history; this keeps everyone who forgets what the table is for.
CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit.events is append-only: % is refused', TG_OP;
END $$;
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.events
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
