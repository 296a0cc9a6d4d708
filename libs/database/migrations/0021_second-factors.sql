CREATE TABLE identity.second_factors (
  user_id uuid PRIMARY KEY REFERENCES identity.users ON DELETE CASCADE,
  secret text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  confirmed_at timestamptz(3),
  last_step bigint NOT NULL DEFAULT 0
);
COMMENT ON TABLE identity.second_factors IS 'Authenticator apps (RFC 6238); one that is not confirmed is not asked for';
COMMENT ON COLUMN identity.second_factors.secret IS 'Encrypted with ACCOUNT_KEY (JWE)';
COMMENT ON COLUMN identity.second_factors.last_step IS 'The time step of the last code: each works once';
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.second_factors TO taskflow_chat_api;
--> statement-breakpoint
CREATE TABLE identity.recovery_codes (
  user_id uuid NOT NULL REFERENCES identity.second_factors ON DELETE CASCADE,
  hash text NOT NULL,
  PRIMARY KEY (user_id, hash)
);
COMMENT ON TABLE identity.recovery_codes IS 'HMAC-SHA-256, by a key from ACCOUNT_KEY, of each code that has not been used; a code works once instead of the authenticator app';
GRANT SELECT, INSERT, DELETE ON identity.recovery_codes TO taskflow_chat_api;
