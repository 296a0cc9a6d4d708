-- A subscription is paused by an operator, or by its service while every event of it fails for one reason. Services also
-- read which migrations were applied: a replica whose tables are not there yet does not begin.
CREATE FUNCTION kit.create_pauses(schema_name text, role_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
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
    GRANT USAGE ON SCHEMA kit_migrations TO %2$I;
    GRANT SELECT ON kit_migrations.__drizzle_migrations TO %2$I;
  $sql$, schema_name, role_name);
END $$;
--> statement-breakpoint
SELECT kit.create_pauses('tasks', 'taskflow_chat_api');
SELECT kit.create_pauses('recurrence', 'taskflow_recurring_processor');
SELECT kit.create_pauses('reminders', 'taskflow_reminder_service');
SELECT kit.create_pauses('notifications', 'taskflow_notification_service');
SELECT kit.create_pauses('audit', 'taskflow_audit_logger');
--> statement-breakpoint
-- New services get all of it.
ALTER FUNCTION kit.create_delivery_tables(text, text) RENAME TO create_boxes;
CREATE FUNCTION kit.create_delivery_tables(schema_name text, role_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM kit.create_boxes(schema_name, role_name);
  PERFORM kit.create_pauses(schema_name, role_name);
END $$;
