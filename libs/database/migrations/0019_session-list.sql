-- The defaults are for replicas of the last release, which do not know these columns.
ALTER TABLE identity.sessions
  ADD COLUMN user_agent text,
  ADD COLUMN network text,
  ADD COLUMN last_used_at timestamptz(3) NOT NULL DEFAULT now(),
  ADD COLUMN authenticated_at timestamptz(3) NOT NULL DEFAULT now(),
  ADD COLUMN ends_at timestamptz(3) NOT NULL DEFAULT now() + interval '180 days';
COMMENT ON COLUMN identity.sessions.network IS 'The network address of the last refresh: an IPv4 address or an IPv6 /64';
COMMENT ON COLUMN identity.sessions.authenticated_at IS 'When the person last proved who they are in this session';
COMMENT ON COLUMN identity.sessions.ends_at IS 'The latest end, however often the session is refreshed';
UPDATE identity.sessions SET last_used_at = created_at, authenticated_at = created_at;
--> statement-breakpoint
ALTER TABLE identity.users ADD COLUMN suspended_at timestamptz(3);
COMMENT ON COLUMN identity.users.suspended_at IS 'When an operator suspended the account; nobody signs in to it, and its tokens are refused';
