CREATE TABLE tasks.feed_heads (
  user_id uuid PRIMARY KEY,
  last_sequence bigint NOT NULL
);
COMMENT ON TABLE tasks.feed_heads IS 'The number of each user''s last event: its row lock makes them commit in their order';
CREATE TABLE tasks.feed (
  user_id uuid NOT NULL,
  sequence bigint NOT NULL,
  type text NOT NULL,
  event text NOT NULL,
  stored_at timestamptz(3) NOT NULL,
  PRIMARY KEY (user_id, sequence)
);
COMMENT ON TABLE tasks.feed IS 'What people''s pages are told live, kept for a day so that a page can go on where it was';
CREATE INDEX feed_age ON tasks.feed (stored_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON tasks.feed, tasks.feed_heads TO taskflow_chat_api;
