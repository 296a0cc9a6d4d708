-- A series knows what its tasks look like, so that one can exist before its first task and one task can differ.
ALTER TABLE tasks.series
  ADD COLUMN title text,
  ADD COLUMN description text,
  ADD COLUMN priority text CHECK (priority IN ('low', 'medium', 'high')),
  ADD COLUMN tags text[],
  ADD COLUMN category text,
  ADD COLUMN reminders jsonb,
  ADD COLUMN recurrence_anchor text CHECK (recurrence_anchor IN ('due_date', 'completed_at')),
  ADD COLUMN recurrence_catch_up text CHECK (recurrence_catch_up IN ('skip', 'all')),
  ADD COLUMN skipped text[] NOT NULL DEFAULT '{}',
  ADD COLUMN announce_at timestamptz(3),
  ADD COLUMN deleted_at timestamptz(3);
COMMENT ON COLUMN tasks.series.reminders IS 'relative reminders of each task: [{type, offset?}]';
COMMENT ON COLUMN tasks.series.skipped IS 'local date-times on which no task is made';
COMMENT ON COLUMN tasks.series.announce_at IS 'on_schedule: when the next task is made: at next_occurrence, or earlier when a reminder comes before it';
COMMENT ON COLUMN tasks.series.last_occurrence IS 'on_schedule: number of the last occurrence that was made or announced; 0 before the first';
--> statement-breakpoint
UPDATE tasks.series SET
  title = newest.title, description = newest.description, priority = newest.priority, tags = newest.tags,
  category = newest.category, recurrence_anchor = newest.recurrence_anchor, recurrence_catch_up = newest.recurrence_catch_up,
  announce_at = series.next_occurrence,
  reminders = (
    SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('type', type, 'offset',
      CASE WHEN type IN ('before', 'after') THEN "offset" END)) ORDER BY position), '[]')
    FROM tasks.reminders WHERE task_id = newest.id AND type <> 'at')
FROM (SELECT DISTINCT ON (series_id) * FROM tasks.tasks WHERE series_id IS NOT NULL ORDER BY series_id, occurrence DESC) AS newest
WHERE newest.series_id = series.id;
--> statement-breakpoint
ALTER TABLE tasks.series
  ALTER COLUMN title SET NOT NULL,
  ALTER COLUMN description SET NOT NULL,
  ALTER COLUMN priority SET NOT NULL,
  ALTER COLUMN tags SET NOT NULL,
  ALTER COLUMN reminders SET NOT NULL,
  ALTER COLUMN recurrence_anchor SET NOT NULL,
  ALTER COLUMN recurrence_catch_up SET NOT NULL;
DROP INDEX tasks.series_due;
CREATE INDEX series_due ON tasks.series (announce_at) WHERE is_active AND mode = 'on_schedule';
CREATE INDEX series_of_user ON tasks.series (user_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
GRANT UPDATE (announce_at) ON tasks.series TO taskflow_recurring_processor;
