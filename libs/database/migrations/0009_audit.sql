-- Partitions by the month of recording. Rows made before keep their text, which the chain covers; they were recorded about
-- when they happened. The jsonb copy of their data goes: what is asked for has a column, the rest is read from `recorded`.
ALTER TABLE audit.events RENAME TO events_before;
ALTER INDEX audit.events_of_user RENAME TO events_before_of_user;
ALTER INDEX audit.events_of_task RENAME TO events_before_of_task;
CREATE TABLE audit.events (
  sequence bigint NOT NULL,
  recorded_at timestamptz(3) NOT NULL,
  event_id text NOT NULL,
  type text NOT NULL,
  time timestamptz(3) NOT NULL,
  user_id uuid,
  task_id uuid,
  correlation_id text,
  causation_id text,
  recorded text NOT NULL,
  hash text NOT NULL,
  PRIMARY KEY (sequence, recorded_at)
) PARTITION BY RANGE (recorded_at);
COMMENT ON TABLE audit.events IS 'Append-only. The locked chain head keeps sequences unique over all partitions, the inbox keeps events so';
COMMENT ON COLUMN audit.events.recorded IS 'canonical JSON (RFC 8785) of the record, the text that was hashed';
COMMENT ON COLUMN audit.events.hash IS 'SHA-256 over the hash before it and recorded: a changed, missing or swapped record shows';
CREATE INDEX events_by_event ON audit.events (event_id);
CREATE INDEX events_of_user ON audit.events (user_id, sequence);
CREATE INDEX events_of_task ON audit.events (task_id, sequence) WHERE task_id IS NOT NULL;
CREATE INDEX events_of_type ON audit.events (type, sequence);
CREATE INDEX events_of_correlation ON audit.events (correlation_id, sequence);
CREATE INDEX events_by_cause ON audit.events (causation_id) WHERE causation_id IS NOT NULL;
CREATE INDEX events_by_time ON audit.events USING brin (time);
-- A statement that names a partition does not fire the triggers of the whole: each partition has its own.
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.events
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
GRANT SELECT, INSERT ON audit.events TO taskflow_audit_logger;
--> statement-breakpoint
CREATE TABLE audit.events_default PARTITION OF audit.events DEFAULT;
COMMENT ON TABLE audit.events_default IS 'Takes what no month has a partition for, so that nothing fails';
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.events_default
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
--> statement-breakpoint
CREATE FUNCTION audit.make_partitions() RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
  month timestamp;
  name text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('taskflow audit partitions', 0));
  FOR ahead IN 0..3 LOOP
    month := date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => ahead);
    name := 'events_' || to_char(month, 'YYYY_MM');
    CONTINUE WHEN to_regclass('audit.' || name) IS NOT NULL;
    BEGIN
      -- Attaching lets others insert meanwhile; CREATE TABLE ... PARTITION OF would lock them out.
      EXECUTE format('CREATE TABLE audit.%I (LIKE audit.events INCLUDING ALL)', name);
      EXECUTE format('CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.%I
                      FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()', name);
      EXECUTE format('ALTER TABLE audit.events ATTACH PARTITION audit.%I FOR VALUES FROM (%L) TO (%L)', name,
                     month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
    EXCEPTION WHEN check_violation THEN
      NULL; -- The default partition has records of that month already, and keeps them.
    END;
  END LOOP;
END $$;
COMMENT ON FUNCTION audit.make_partitions IS 'Makes the partitions of this month and the next three; runs with the rights of the migrations';
REVOKE ALL ON FUNCTION audit.make_partitions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.make_partitions TO taskflow_audit_logger;
SELECT audit.make_partitions();
--> statement-breakpoint
INSERT INTO audit.events (sequence, recorded_at, event_id, type, time, user_id, task_id, correlation_id, causation_id, recorded, hash)
SELECT sequence, time, event_id, type, time, user_id, task_id, left(correlation_id, 200), left(causation_id, 200), recorded, hash
FROM audit.events_before ORDER BY sequence;
DROP TABLE audit.events_before;
--> statement-breakpoint
CREATE TABLE audit.keys (
  user_id uuid PRIMARY KEY,
  wrapped_key bytea,
  destroyed_at timestamptz(3),
  CHECK ((wrapped_key IS NULL) = (destroyed_at IS NOT NULL))
);
COMMENT ON TABLE audit.keys IS 'Under which personal fields are encrypted, itself encrypted under AUDIT_KEY; a destroyed one is never made again';
GRANT SELECT, INSERT, UPDATE (wrapped_key, destroyed_at) ON audit.keys TO taskflow_audit_logger;
