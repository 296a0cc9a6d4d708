-- Why a reminder is not of use any more is told to the person: completed is not deleted.
CREATE OR REPLACE VIEW tasks.reminder_states AS
  SELECT reminders.id AS reminder_id, at, state, is_completed OR deleted_at IS NOT NULL AS is_over, is_completed
  FROM tasks.reminders JOIN tasks.tasks ON tasks.id = reminders.task_id;
--> statement-breakpoint
CREATE INDEX ledger_prunable ON notifications.ledger (created_at) WHERE state <> 'pending';
