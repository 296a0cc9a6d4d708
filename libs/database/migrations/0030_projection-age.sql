-- reminder-service removes what it no longer needs. Rows of before count from here; the default is not written to them.
ALTER TABLE reminders.tasks ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now();
COMMENT ON COLUMN reminders.tasks.changed_at IS 'by the clock of the database';
COMMENT ON TABLE reminders.tasks IS 'Projection of task events: only a greater version is applied. A task that is over loses its content and then stays as a tombstone for a while, so that an old event cannot bring it back';
CREATE INDEX tasks_over ON reminders.tasks (changed_at) WHERE is_over AND title IS NOT NULL;
CREATE INDEX tasks_tombstones ON reminders.tasks (changed_at) WHERE is_over AND title IS NULL;
CREATE INDEX schedule_fired ON reminders.schedule (fired_at) WHERE fired_at IS NOT NULL;
