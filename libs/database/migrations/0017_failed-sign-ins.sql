CREATE TABLE identity.failed_sign_ins (
  user_id uuid REFERENCES identity.users ON DELETE CASCADE,
  action text NOT NULL,
  network text NOT NULL,
  count integer NOT NULL,
  first_at timestamptz(3) NOT NULL,
  address text NOT NULL,
  user_agent text,
  UNIQUE NULLS NOT DISTINCT (user_id, action, network)
);
COMMENT ON TABLE identity.failed_sign_ins IS 'Counted for a minute by account and network, then one record of the audit log; those of addresses without an account share user_id null and are logged only';
COMMENT ON COLUMN identity.failed_sign_ins.address IS 'of the last one';
CREATE INDEX failed_sign_ins_by_time ON identity.failed_sign_ins (first_at);
GRANT SELECT, INSERT, UPDATE (count, address, user_agent), DELETE ON identity.failed_sign_ins TO taskflow_chat_api;
--> statement-breakpoint
-- The page of an account's activity, for people with many tasks.
CREATE INDEX events_of_account ON audit.events (user_id, sequence)
  WHERE type IN ('account.acted', 'user.created', 'user.updated', 'user.deleted');
