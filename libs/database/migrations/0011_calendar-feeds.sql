CREATE TABLE identity.calendar_feeds (
  user_id uuid PRIMARY KEY REFERENCES identity.users ON DELETE CASCADE,
  hash text NOT NULL UNIQUE,
  created_at timestamptz(3) NOT NULL
);
COMMENT ON TABLE identity.calendar_feeds IS 'Who may be read as a calendar by an address of its own: SHA-256 of the token in it; one a person';
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.calendar_feeds TO taskflow_chat_api;
