-- A task is due at an instant (due_date) or on a day (due_on), which ends when its day is over in its time zone.
-- Reminders of such a task are counted from reminder_time on that day.
ALTER TABLE tasks.tasks
  ADD COLUMN due_on date,
  ADD COLUMN reminder_time text NOT NULL DEFAULT '09:00',
  ADD COLUMN day_ends_at timestamptz(3),
  ADD COLUMN series_when_deleted text CHECK (series_when_deleted IN ('end', 'pause', 'skip')),
  ADD CONSTRAINT due_once CHECK (due_date IS NULL OR due_on IS NULL) NOT VALID,
  ADD CONSTRAINT day_ends CHECK ((due_on IS NULL) = (day_ends_at IS NULL)) NOT VALID;
COMMENT ON COLUMN tasks.tasks.day_ends_at IS 'the last millisecond of due_on in time_zone: what the task is sorted and overdue by';
COMMENT ON COLUMN tasks.tasks.series_when_deleted IS 'what its deletion did to its series, for the restoration to undo';
CREATE INDEX tasks_by_due ON tasks.tasks (user_id, (COALESCE(due_date, day_ends_at)), id) WHERE deleted_at IS NULL;
DROP INDEX tasks.tasks_by_due_date;
--> statement-breakpoint
-- An all-day series makes tasks that are due on a day; start_date is then the beginning of its first day.
ALTER TABLE tasks.series
  ADD COLUMN is_all_day boolean NOT NULL DEFAULT false,
  ADD COLUMN reminder_time text NOT NULL DEFAULT '09:00',
  ADD COLUMN first_occurrence integer NOT NULL DEFAULT 1;
COMMENT ON COLUMN tasks.series.first_occurrence IS 'the number of the task that the schedule starts with: COUNT counts from it';
--> statement-breakpoint
ALTER TABLE reminders.tasks ADD COLUMN due_on date;
--> statement-breakpoint
-- Whose open days are to move to a new time zone or reminder time.
ALTER TABLE identity.users ADD COLUMN days_to_move boolean NOT NULL DEFAULT false;
CREATE INDEX users_with_days_to_move ON identity.users (id) WHERE days_to_move;
--> statement-breakpoint
-- Labels that look the same are one: text is stored in the form NFC.
UPDATE tasks.tasks SET tags = ARRAY(SELECT DISTINCT normalize(tag, NFC) FROM unnest(tags) AS tag)
  WHERE array_to_string(tags, ' ') IS NOT NFC NORMALIZED;
UPDATE tasks.tasks SET category = normalize(category, NFC) WHERE category IS NOT NFC NORMALIZED;
UPDATE tasks.series SET tags = ARRAY(SELECT DISTINCT normalize(tag, NFC) FROM unnest(tags) AS tag)
  WHERE array_to_string(tags, ' ') IS NOT NFC NORMALIZED;
UPDATE tasks.series SET category = normalize(category, NFC) WHERE category IS NOT NFC NORMALIZED;
