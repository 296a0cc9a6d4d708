CREATE TABLE identity.passkeys (
  id text PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES identity.users ON DELETE CASCADE,
  name text NOT NULL,
  public_key text NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  created_at timestamptz(3) NOT NULL,
  last_used_at timestamptz(3)
);
COMMENT ON TABLE identity.passkeys IS 'WebAuthn credentials that sign a person in';
COMMENT ON COLUMN identity.passkeys.public_key IS 'COSE, base64url';
COMMENT ON COLUMN identity.passkeys.counter IS 'Signatures as the authenticator counts them; one that does not grow was copied';
CREATE INDEX passkeys_of_user ON identity.passkeys (user_id);
GRANT SELECT, INSERT, UPDATE (counter, last_used_at), DELETE ON identity.passkeys TO taskflow_chat_api;
--> statement-breakpoint
CREATE TABLE identity.passkey_challenges (
  challenge text PRIMARY KEY,
  user_id uuid REFERENCES identity.users ON DELETE CASCADE,
  expires_at timestamptz(3) NOT NULL
);
COMMENT ON TABLE identity.passkey_challenges IS 'What an authenticator is to sign, deleted when it has; without a user_id for a sign-in';
CREATE INDEX passkey_challenges_by_expiry ON identity.passkey_challenges (expires_at);
GRANT SELECT, INSERT, DELETE ON identity.passkey_challenges TO taskflow_chat_api;
