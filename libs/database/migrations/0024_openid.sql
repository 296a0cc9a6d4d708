ALTER TABLE identity.users ALTER COLUMN password_hash DROP NOT NULL;
COMMENT ON COLUMN identity.users.password_hash IS 'Argon2id; null: the person signs in with an account of an OpenID provider or a passkey';
--> statement-breakpoint
CREATE TABLE identity.openid_links (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES identity.users ON DELETE CASCADE,
  issuer text NOT NULL,
  subject text NOT NULL,
  email text,
  created_at timestamptz(3) NOT NULL,
  last_used_at timestamptz(3),
  UNIQUE (issuer, subject)
);
COMMENT ON TABLE identity.openid_links IS 'Accounts of OpenID providers that sign a person in';
COMMENT ON COLUMN identity.openid_links.email IS 'As the provider gave it when it was linked: to recognise the account by';
CREATE INDEX openid_links_of_user ON identity.openid_links (user_id);
GRANT SELECT, INSERT, UPDATE (last_used_at), DELETE ON identity.openid_links TO taskflow_chat_api;
--> statement-breakpoint
CREATE TABLE identity.openid_states (
  hash text PRIMARY KEY,
  browser_hash text NOT NULL,
  provider text NOT NULL,
  user_id uuid REFERENCES identity.users ON DELETE CASCADE,
  link_id uuid REFERENCES identity.openid_links ON DELETE CASCADE,
  expires_at timestamptz(3) NOT NULL
);
COMMENT ON TABLE identity.openid_states IS 'Sign-ins on their way through a provider, deleted when they come back; with a link_id they wait for a second factor';
COMMENT ON COLUMN identity.openid_states.hash IS 'SHA-256 of the state parameter';
COMMENT ON COLUMN identity.openid_states.browser_hash IS 'SHA-256 of the cookie of the browser that began it';
COMMENT ON COLUMN identity.openid_states.user_id IS 'Who links an account; null: a sign-in';
CREATE INDEX openid_states_by_expiry ON identity.openid_states (expires_at);
CREATE INDEX openid_states_of_user ON identity.openid_states (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX openid_states_of_link ON identity.openid_states (link_id) WHERE link_id IS NOT NULL;
GRANT SELECT, INSERT, DELETE ON identity.openid_states TO taskflow_chat_api;
