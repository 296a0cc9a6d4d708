CREATE TABLE identity.chat_conversations (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  title text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  turn_id uuid,
  turn_until timestamptz(3),
  CHECK ((turn_id IS NULL) = (turn_until IS NULL))
);
COMMENT ON TABLE identity.chat_conversations IS 'What people talked about with the assistant; the messages are in the statestore, under the id';
COMMENT ON COLUMN identity.chat_conversations.turn_id IS 'the answer that is being made, or was when its process died';
COMMENT ON COLUMN identity.chat_conversations.turn_until IS 'when it is over at the latest';
CREATE INDEX chat_conversations_of_user ON identity.chat_conversations (user_id, updated_at DESC, id DESC);
CREATE INDEX chat_conversations_by_age ON identity.chat_conversations (updated_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.chat_conversations TO taskflow_chat_api;
--> statement-breakpoint
CREATE TABLE identity.chat_actions (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  conversation_id uuid NOT NULL REFERENCES identity.chat_conversations ON DELETE CASCADE,
  turn_id uuid NOT NULL,
  tool text NOT NULL,
  input json NOT NULL,
  summary text NOT NULL,
  state text NOT NULL CHECK (state IN ('pending', 'done', 'cancelled', 'undone')),
  signature text,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3),
  decided_at timestamptz(3),
  output json,
  undo json NOT NULL DEFAULT '[]',
  undone json,
  CHECK (state <> 'pending' OR (signature IS NOT NULL AND expires_at IS NOT NULL)),
  CHECK ((state = 'pending') = (decided_at IS NULL))
);
COMMENT ON TABLE identity.chat_actions IS 'What the assistant changed, and what it wants to change and a person must confirm';
COMMENT ON COLUMN identity.chat_actions.signature IS 'HMAC of what was shown to the person and waits; what was done unasked has none';
COMMENT ON COLUMN identity.chat_actions.undo IS 'the calls that take it back';
CREATE INDEX chat_actions_of_conversation ON identity.chat_actions (conversation_id, id);
CREATE INDEX chat_actions_of_user ON identity.chat_actions (user_id, id DESC);
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.chat_actions TO taskflow_chat_api;
--> statement-breakpoint
CREATE TABLE identity.chat_leftovers (
  conversation_id uuid PRIMARY KEY,
  due_at timestamptz(3) NOT NULL,
  is_last boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE identity.chat_leftovers IS 'Deleted conversations whose messages the statestore must still forget; names no person';
CREATE INDEX chat_leftovers_due ON identity.chat_leftovers (due_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.chat_leftovers TO taskflow_chat_api;
