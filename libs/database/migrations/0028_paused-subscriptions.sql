-- A subscription is paused by an operator, or by its service while every event of it fails for one reason.
DO $$
DECLARE
  place record;
BEGIN
  FOR place IN SELECT * FROM (VALUES
    ('tasks', 'taskflow_chat_api'), ('recurrence', 'taskflow_recurring_processor'), ('reminders', 'taskflow_reminder_service'),
    ('notifications', 'taskflow_notification_service'), ('audit', 'taskflow_audit_logger')) AS places (schema, role)
  LOOP
    EXECUTE format($sql$
      CREATE TABLE %1$I.paused_subscriptions (
        topic text PRIMARY KEY,
        paused_by text CHECK (paused_by IN ('operator', 'service')),
        paused_at timestamptz(3) NOT NULL DEFAULT now(),
        reason text NOT NULL,
        runs_until timestamptz(3)
      );
      COMMENT ON COLUMN %1$I.paused_subscriptions.paused_by IS 'NULL: an operator has resumed it';
      COMMENT ON COLUMN %1$I.paused_subscriptions.runs_until IS 'until then the service does not pause it by itself';
      GRANT SELECT, INSERT, UPDATE, DELETE ON %1$I.paused_subscriptions TO %2$I;
    $sql$, place.schema, place.role);
  END LOOP;
END $$;
--> statement-breakpoint
-- Services read which migrations were applied: a replica whose tables are not there yet does not begin.
GRANT USAGE ON SCHEMA kit_migrations TO taskflow_chat_api, taskflow_recurring_processor, taskflow_reminder_service,
  taskflow_notification_service, taskflow_audit_logger;
GRANT SELECT ON kit_migrations.__drizzle_migrations TO taskflow_chat_api, taskflow_recurring_processor,
  taskflow_reminder_service, taskflow_notification_service, taskflow_audit_logger;
