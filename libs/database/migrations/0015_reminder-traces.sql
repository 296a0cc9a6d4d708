ALTER TABLE reminders.schedule ADD COLUMN traceparent text;
--> statement-breakpoint
COMMENT ON COLUMN reminders.schedule.traceparent IS 'The span that set this time: a reminder fires in the trace of whoever asked for it';
