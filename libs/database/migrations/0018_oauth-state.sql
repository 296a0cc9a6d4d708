CREATE TABLE identity.oauth_state (
  model text NOT NULL,
  id text NOT NULL,
  user_id uuid REFERENCES identity.users ON DELETE CASCADE,
  grant_id text,
  payload jsonb NOT NULL,
  about jsonb,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  consumed_at timestamptz(3),
  PRIMARY KEY (model, id)
);
COMMENT ON TABLE identity.oauth_state IS 'What the authorization server keeps: clients, grants, codes and refresh tokens, by the name of their model in oidc-provider';
COMMENT ON COLUMN identity.oauth_state.id IS 'SHA-256; the id itself may be a secret, such as a refresh token';
COMMENT ON COLUMN identity.oauth_state.grant_id IS 'the id of the row of the grant to which a code or token belongs';
COMMENT ON COLUMN identity.oauth_state.about IS 'of a grant: the app as the person saw it when allowing it';
COMMENT ON COLUMN identity.oauth_state.consumed_at IS 'a code or refresh token that comes again after this was copied: its grant ends';
CREATE INDEX oauth_state_of_grant ON identity.oauth_state (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX oauth_state_of_user ON identity.oauth_state (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX oauth_state_by_expiry ON identity.oauth_state (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.oauth_state TO taskflow_chat_api;
