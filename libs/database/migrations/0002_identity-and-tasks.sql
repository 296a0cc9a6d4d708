CREATE TABLE identity.users (
  id uuid PRIMARY KEY,
  email text NOT NULL,
  name text NOT NULL,
  password_hash text NOT NULL,
  role text NOT NULL DEFAULT 'user' CHECK (role IN ('user', 'admin')),
  time_zone text NOT NULL,
  locale text NOT NULL,
  created_at timestamptz(3) NOT NULL
);
-- Addresses are compared without case (RFC 5321 allows case to matter before the @; no provider makes use of that).
CREATE UNIQUE INDEX users_email ON identity.users (lower(email));
GRANT USAGE ON SCHEMA identity TO taskflow_chat_api, taskflow_notification_service;
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.users TO taskflow_chat_api;
--> statement-breakpoint
CREATE VIEW identity.recipients AS SELECT id AS user_id, email, name, time_zone, locale FROM identity.users;
COMMENT ON VIEW identity.recipients IS 'What notification-service may know of a person';
GRANT SELECT ON identity.recipients TO taskflow_notification_service;
--> statement-breakpoint
CREATE TABLE tasks.series (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  rule text NOT NULL,
  interval integer NOT NULL,
  mode text NOT NULL CHECK (mode IN ('on_completion', 'on_schedule')),
  start_date text NOT NULL,
  time_zone text NOT NULL,
  next_occurrence timestamptz(3),
  last_occurrence integer NOT NULL DEFAULT 1,
  is_active boolean NOT NULL DEFAULT true,
  version integer NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);
COMMENT ON COLUMN tasks.series.start_date IS 'local date-time of the first occurrence; what every later one is counted from';
COMMENT ON COLUMN tasks.series.next_occurrence IS 'on_schedule: when the next task is due to be made; null when the series has ended';
COMMENT ON COLUMN tasks.series.last_occurrence IS 'on_schedule: number of the last occurrence that was made or announced';
CREATE INDEX series_due ON tasks.series (next_occurrence) WHERE is_active AND mode = 'on_schedule';
--> statement-breakpoint
CREATE TABLE tasks.tasks (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  title text NOT NULL,
  description text NOT NULL,
  priority text NOT NULL CHECK (priority IN ('low', 'medium', 'high')),
  due_date timestamptz(3),
  time_zone text NOT NULL,
  is_completed boolean NOT NULL,
  completed_at timestamptz(3),
  recurrence_rule text,
  recurrence_interval integer NOT NULL,
  recurrence_mode text NOT NULL CHECK (recurrence_mode IN ('on_completion', 'on_schedule')),
  recurrence_anchor text NOT NULL CHECK (recurrence_anchor IN ('due_date', 'completed_at')),
  recurrence_catch_up text NOT NULL CHECK (recurrence_catch_up IN ('skip', 'all')),
  series_id uuid REFERENCES tasks.series,
  occurrence integer,
  tags text[] NOT NULL,
  category text,
  version integer NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  deleted_at timestamptz(3),
  CHECK ((series_id IS NULL) = (occurrence IS NULL)),
  CHECK (is_completed = (completed_at IS NOT NULL))
);
-- One task per (series, occurrence), whatever is delivered twice; deleted ones count, or a redelivery would bring them back.
CREATE UNIQUE INDEX tasks_series_occurrence ON tasks.tasks (series_id, occurrence) WHERE series_id IS NOT NULL;
CREATE INDEX tasks_of_user ON tasks.tasks (user_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE TABLE tasks.reminders (
  id uuid PRIMARY KEY,
  task_id uuid NOT NULL REFERENCES tasks.tasks ON DELETE CASCADE,
  position integer NOT NULL,
  type text NOT NULL CHECK (type IN ('24_hours_before', '1_hour_before', 'before', 'after', 'at')),
  "offset" text,
  at timestamptz(3),
  state text NOT NULL CHECK (state IN ('pending', 'due', 'sent', 'failed', 'dismissed', 'cancelled')),
  UNIQUE (task_id, position)
);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON tasks.series, tasks.tasks, tasks.reminders TO taskflow_chat_api;
GRANT USAGE ON SCHEMA tasks TO taskflow_recurring_processor;
GRANT SELECT, INSERT ON tasks.tasks, tasks.reminders, tasks.outbox TO taskflow_recurring_processor;
GRANT SELECT, UPDATE (next_occurrence, last_occurrence, version, updated_at) ON tasks.series TO taskflow_recurring_processor;
