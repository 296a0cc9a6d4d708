CREATE TABLE identity.sessions (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES identity.users ON DELETE CASCADE,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL
);
COMMENT ON TABLE identity.sessions IS 'One per sign-in; access tokens name theirs and hold only while it is here';
CREATE INDEX sessions_of_user ON identity.sessions (user_id);
CREATE INDEX sessions_by_expiry ON identity.sessions (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.sessions TO taskflow_chat_api;
--> statement-breakpoint
CREATE TABLE identity.refresh_tokens (
  hash text PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES identity.sessions ON DELETE CASCADE,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3)
);
COMMENT ON TABLE identity.refresh_tokens IS 'SHA-256 of each; used ones stay until they expire: one that comes again was stolen, from us or from the person';
CREATE INDEX refresh_tokens_of_session ON identity.refresh_tokens (session_id);
CREATE INDEX refresh_tokens_by_expiry ON identity.refresh_tokens (expires_at);
GRANT SELECT, INSERT, UPDATE (used_at), DELETE ON identity.refresh_tokens TO taskflow_chat_api;
--> statement-breakpoint
CREATE TABLE identity.api_tokens (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES identity.users ON DELETE CASCADE,
  name text NOT NULL,
  scopes text[] NOT NULL,
  hash text NOT NULL UNIQUE,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3),
  last_used_at timestamptz(3)
);
COMMENT ON COLUMN identity.api_tokens.hash IS 'SHA-256; the token itself is shown once';
CREATE INDEX api_tokens_of_user ON identity.api_tokens (user_id, id);
GRANT SELECT, INSERT, UPDATE (last_used_at), DELETE ON identity.api_tokens TO taskflow_chat_api;
--> statement-breakpoint
CREATE TABLE identity.attempts (
  subject text PRIMARY KEY,
  count integer NOT NULL,
  resets_at timestamptz(3) NOT NULL
);
COMMENT ON TABLE identity.attempts IS 'Failed logins and sign-ups in the current window, by account (a hash of its address) and by network address';
CREATE INDEX attempts_by_reset ON identity.attempts (resets_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.attempts TO taskflow_chat_api;
--> statement-breakpoint
-- With tasks_of_user it finds every task of a person whose account is deleted.
CREATE INDEX tasks_deleted_of_user ON tasks.tasks (user_id) WHERE deleted_at IS NOT NULL;
