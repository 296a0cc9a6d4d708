CREATE TABLE identity.idempotency_keys (
  user_id uuid NOT NULL REFERENCES identity.users ON DELETE CASCADE,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  request_hash text NOT NULL,
  answer json NOT NULL,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (user_id, key)
);
COMMENT ON TABLE identity.idempotency_keys IS 'What a request with an Idempotency-Key was answered, written in the transaction of its effect; kept for 24 h';
CREATE INDEX idempotency_keys_by_age ON identity.idempotency_keys (created_at);
GRANT SELECT, INSERT, DELETE ON identity.idempotency_keys TO taskflow_chat_api;
