-- One row for a change, not one running total for a person: in a total, all writes of a person would wait for each other.
CREATE TABLE tasks.usage (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id uuid NOT NULL,
  open_tasks integer NOT NULL,
  series integer NOT NULL,
  bytes bigint NOT NULL,
  transaction xid8 NOT NULL DEFAULT pg_current_xact_id()
);
COMMENT ON TABLE tasks.usage IS 'What people store: the sum of a person''s rows, which are merged from time to time';
COMMENT ON COLUMN tasks.usage.bytes IS 'Of the text of tasks and series, deleted tasks too, and 1,000 for each';
CREATE INDEX usage_of_user ON tasks.usage (user_id);
CREATE INDEX usage_of_transaction ON tasks.usage (transaction);
GRANT SELECT, DELETE ON tasks.usage TO taskflow_chat_api;
GRANT SELECT ON tasks.usage TO taskflow_recurring_processor;
--> statement-breakpoint
-- Fails with TQ001 and the name of a quota when the calling transaction has taken somebody over it. Near a quota, the
-- transactions of one person follow each other from here to their ends, so that of any number at once none misses what
-- another stores; far from it they do not wait for each other's commits. What all of them may add at once is less than
-- what counts as near. A quota of 0 is none. Rows of a person become one when they are more than 50, except those of the
-- calling transaction.
CREATE FUNCTION tasks.require_within_quotas(open_quota bigint, series_quota bigint, bytes_quota float8) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  more record;
  stored record;
BEGIN
  FOR more IN
    SELECT user_id, sum(open_tasks) AS open_tasks, sum(series) AS series, sum(bytes) AS bytes
    FROM tasks.usage WHERE transaction = pg_current_xact_id() GROUP BY user_id ORDER BY user_id
  LOOP
    FOR attempt IN 1..2 LOOP
      SELECT sum(open_tasks) AS open_tasks, sum(series) AS series, sum(bytes) AS bytes, count(*) AS rows
        INTO stored FROM tasks.usage WHERE user_id = more.user_id;
      EXIT WHEN attempt = 2 OR NOT (
        open_quota > 0 AND more.open_tasks > 0 AND stored.open_tasks > open_quota - greatest(1000, open_quota / 2)
        OR series_quota > 0 AND more.series > 0 AND stored.series > series_quota - greatest(1000, series_quota / 2)
        OR bytes_quota > 0 AND more.bytes > 0 AND stored.bytes > bytes_quota - greatest(50000000, bytes_quota / 2));
      PERFORM pg_advisory_xact_lock(hashtextextended('quotas:' || more.user_id, 0));
    END LOOP;
    IF open_quota > 0 AND more.open_tasks > 0 AND stored.open_tasks > open_quota THEN
      RAISE 'open_tasks' USING ERRCODE = 'TQ001';
    ELSIF series_quota > 0 AND more.series > 0 AND stored.series > series_quota THEN
      RAISE 'recurring_tasks' USING ERRCODE = 'TQ001';
    ELSIF bytes_quota > 0 AND more.bytes > 0 AND stored.bytes > bytes_quota THEN
      RAISE 'bytes' USING ERRCODE = 'TQ001';
    END IF;
    IF stored.rows > 50 THEN
      WITH chosen AS (
        SELECT id FROM tasks.usage
        WHERE user_id = more.user_id AND transaction <> pg_current_xact_id() FOR UPDATE SKIP LOCKED
      ), merged AS (
        DELETE FROM tasks.usage USING chosen WHERE usage.id = chosen.id RETURNING usage.*
      )
      INSERT INTO tasks.usage (user_id, open_tasks, series, bytes, transaction)
        SELECT user_id, sum(open_tasks), sum(series), sum(bytes), max(transaction) FROM merged GROUP BY user_id;
    END IF;
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION tasks.require_within_quotas FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tasks.require_within_quotas TO taskflow_chat_api;
--> statement-breakpoint
CREATE FUNCTION tasks.stored_bytes(title text, description text, tags text[], category text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT 1000 + octet_length(title) + octet_length(description) + octet_length(array_to_string(tags, ' '))
    + coalesce(octet_length(category), 0)
$$;
--> statement-breakpoint
-- Runs with the rights of its owner: services that write tasks need none on the table.
CREATE FUNCTION tasks.count_tasks() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO tasks.usage (user_id, open_tasks, series, bytes)
      SELECT user_id, count(*) FILTER (WHERE NOT is_completed AND deleted_at IS NULL), 0,
        sum(tasks.stored_bytes(title, description, tags, category))
      FROM added GROUP BY user_id;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO tasks.usage (user_id, open_tasks, series, bytes)
      SELECT user_id, -count(*) FILTER (WHERE NOT is_completed AND deleted_at IS NULL), 0,
        -sum(tasks.stored_bytes(title, description, tags, category))
      FROM removed GROUP BY user_id;
  ELSE
    INSERT INTO tasks.usage (user_id, open_tasks, series, bytes)
      SELECT user_id, sum(open_tasks), 0, sum(bytes) FROM (
        SELECT user_id, (NOT is_completed AND deleted_at IS NULL)::integer AS open_tasks,
          tasks.stored_bytes(title, description, tags, category) AS bytes FROM added
        UNION ALL
        SELECT user_id, -(NOT is_completed AND deleted_at IS NULL)::integer,
          -tasks.stored_bytes(title, description, tags, category) FROM removed
      ) AS changes GROUP BY user_id HAVING sum(open_tasks) <> 0 OR sum(bytes) <> 0;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER count_inserted AFTER INSERT ON tasks.tasks
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tasks.count_tasks();
CREATE TRIGGER count_updated AFTER UPDATE ON tasks.tasks
  REFERENCING NEW TABLE AS added OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION tasks.count_tasks();
CREATE TRIGGER count_deleted AFTER DELETE ON tasks.tasks
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION tasks.count_tasks();
--> statement-breakpoint
CREATE FUNCTION tasks.count_series() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO tasks.usage (user_id, open_tasks, series, bytes)
      SELECT user_id, 0, count(*) FILTER (WHERE deleted_at IS NULL),
        sum(tasks.stored_bytes(title, description, tags, category))
      FROM added GROUP BY user_id;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO tasks.usage (user_id, open_tasks, series, bytes)
      SELECT user_id, 0, -count(*) FILTER (WHERE deleted_at IS NULL),
        -sum(tasks.stored_bytes(title, description, tags, category))
      FROM removed GROUP BY user_id;
  ELSE
    INSERT INTO tasks.usage (user_id, open_tasks, series, bytes)
      SELECT user_id, 0, sum(series), sum(bytes) FROM (
        SELECT user_id, (deleted_at IS NULL)::integer AS series,
          tasks.stored_bytes(title, description, tags, category) AS bytes FROM added
        UNION ALL
        SELECT user_id, -(deleted_at IS NULL)::integer, -tasks.stored_bytes(title, description, tags, category)
        FROM removed
      ) AS changes GROUP BY user_id HAVING sum(series) <> 0 OR sum(bytes) <> 0;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER count_inserted AFTER INSERT ON tasks.series
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tasks.count_series();
CREATE TRIGGER count_updated AFTER UPDATE ON tasks.series
  REFERENCING NEW TABLE AS added OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION tasks.count_series();
CREATE TRIGGER count_deleted AFTER DELETE ON tasks.series
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION tasks.count_series();
--> statement-breakpoint
INSERT INTO tasks.usage (user_id, open_tasks, series, bytes)
  SELECT user_id, sum(open_tasks), sum(series), sum(bytes) FROM (
    SELECT user_id, (NOT is_completed AND deleted_at IS NULL)::integer AS open_tasks, 0 AS series,
      tasks.stored_bytes(title, description, tags, category) AS bytes FROM tasks.tasks
    UNION ALL
    SELECT user_id, 0, (deleted_at IS NULL)::integer, tasks.stored_bytes(title, description, tags, category)
    FROM tasks.series
  ) AS stored GROUP BY user_id;
--> statement-breakpoint
CREATE TABLE tasks.occurrence_counts (
  user_id uuid NOT NULL,
  day date NOT NULL,
  count integer NOT NULL,
  PRIMARY KEY (user_id, day)
);
COMMENT ON TABLE tasks.occurrence_counts IS 'Tasks that the schedule made for a person on a day (UTC)';
GRANT SELECT, DELETE ON tasks.occurrence_counts TO taskflow_chat_api;
GRANT SELECT, INSERT, UPDATE (count) ON tasks.occurrence_counts TO taskflow_recurring_processor;
CREATE INDEX occurrence_counts_by_day ON tasks.occurrence_counts (day);
--> statement-breakpoint
CREATE TABLE identity.chat_tokens (
  user_id uuid NOT NULL REFERENCES identity.users ON DELETE CASCADE,
  day date NOT NULL,
  tokens bigint NOT NULL,
  PRIMARY KEY (user_id, day)
);
COMMENT ON TABLE identity.chat_tokens IS 'Tokens of the language model that a person used or reserved on a day (UTC)';
CREATE INDEX chat_tokens_by_day ON identity.chat_tokens (day) INCLUDE (tokens);
GRANT SELECT, INSERT, UPDATE (tokens), DELETE ON identity.chat_tokens TO taskflow_chat_api;
