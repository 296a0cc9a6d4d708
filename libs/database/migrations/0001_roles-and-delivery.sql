-- One schema and one role per service. Passwords are set by migrate(), never here.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['taskflow_chat_api', 'taskflow_recurring_processor', 'taskflow_reminder_service',
                              'taskflow_notification_service', 'taskflow_audit_logger'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I LOGIN', name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- roles belong to the whole server
    END;
  END LOOP;
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  FOREACH name IN ARRAY ARRAY['taskflow_chat_api', 'taskflow_recurring_processor', 'taskflow_reminder_service',
                              'taskflow_notification_service', 'taskflow_audit_logger'] LOOP
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), name);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON SCHEMA public FROM PUBLIC;
--> statement-breakpoint
CREATE SCHEMA kit;
--> statement-breakpoint
-- The tables of delivery, the same for every service: outbox, inbox and the ids of deleted accounts.
CREATE FUNCTION kit.create_delivery_tables(schema_name text, role_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format($sql$
    CREATE TABLE %1$I.outbox (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      event_id uuid NOT NULL,
      topic text NOT NULL,
      key text NOT NULL,
      event text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
    COMMENT ON TABLE %1$I.outbox IS 'Events waiting to be published; the relay deletes what is in Kafka';

    CREATE TABLE %1$I.outbox_rejected (
      id bigint PRIMARY KEY,
      event_id uuid NOT NULL,
      topic text NOT NULL,
      key text NOT NULL,
      event text NOT NULL,
      created_at timestamptz NOT NULL,
      rejected_at timestamptz NOT NULL DEFAULT now(),
      reason text NOT NULL
    );
    COMMENT ON TABLE %1$I.outbox_rejected IS 'Events that can never be published, with the reason';

    CREATE TABLE %1$I.outbox_published (
      event_id uuid NOT NULL,
      topic text NOT NULL,
      created_at timestamptz NOT NULL,
      published_at timestamptz NOT NULL DEFAULT now()
    );
    COMMENT ON TABLE %1$I.outbox_published IS 'When events were written to Kafka, kept for a day: for the story of an event';
    CREATE INDEX outbox_published_at ON %1$I.outbox_published (published_at);
    CREATE INDEX outbox_published_event ON %1$I.outbox_published (event_id);

    CREATE TABLE %1$I.inbox (
      event_id text PRIMARY KEY,
      state text NOT NULL CHECK (state IN ('done', 'deferred', 'parked', 'discarded')),
      type text,
      user_id uuid,
      topic text NOT NULL,
      partition integer NOT NULL,
      kafka_offset bigint NOT NULL,
      key text NOT NULL,
      received_at timestamptz NOT NULL,
      handled_at timestamptz,
      attempts integer NOT NULL,
      next_attempt_at timestamptz,
      reason text,
      body bytea,
      headers jsonb,
      CHECK (state <> 'deferred' OR (body IS NOT NULL AND next_attempt_at IS NOT NULL))
    );
    COMMENT ON TABLE %1$I.inbox IS 'Events this service has taken; deferred ones wait for another attempt, parked ones for an operator';
    CREATE INDEX inbox_deferred ON %1$I.inbox (topic, key, partition, kafka_offset) WHERE state = 'deferred';
    CREATE INDEX inbox_parked ON %1$I.inbox (received_at, event_id) WHERE state IN ('deferred', 'parked');
    CREATE INDEX inbox_prunable ON %1$I.inbox (received_at) WHERE state IN ('done', 'discarded');

    CREATE TABLE %1$I.forgotten_users (user_id uuid PRIMARY KEY, forgotten_at timestamptz NOT NULL DEFAULT now());
    COMMENT ON TABLE %1$I.forgotten_users IS 'Ids of deleted accounts: their late events are dropped';

    GRANT USAGE ON SCHEMA %1$I TO %2$I;
    GRANT SELECT, INSERT, UPDATE, DELETE ON %1$I.outbox, %1$I.outbox_rejected, %1$I.outbox_published, %1$I.inbox, %1$I.forgotten_users TO %2$I;
  $sql$, schema_name, role_name);
END $$;
--> statement-breakpoint
CREATE SCHEMA identity;
CREATE SCHEMA tasks;
CREATE SCHEMA recurrence;
CREATE SCHEMA reminders;
CREATE SCHEMA notifications;
CREATE SCHEMA audit;
SELECT kit.create_delivery_tables('tasks', 'taskflow_chat_api');
SELECT kit.create_delivery_tables('recurrence', 'taskflow_recurring_processor');
SELECT kit.create_delivery_tables('reminders', 'taskflow_reminder_service');
SELECT kit.create_delivery_tables('notifications', 'taskflow_notification_service');
SELECT kit.create_delivery_tables('audit', 'taskflow_audit_logger');
--> statement-breakpoint
-- The Dapr state store keeps its tables here (dapr/components/statestore.yaml).
CREATE SCHEMA statestore;
GRANT USAGE, CREATE ON SCHEMA statestore TO taskflow_chat_api;
