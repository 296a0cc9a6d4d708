CREATE TABLE audit.verification (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  sequence bigint NOT NULL,
  hash text NOT NULL,
  begun_at timestamptz(3),
  verified_at timestamptz(3),
  bad_sequence bigint,
  bad_kind text,
  bad_detail text,
  bad_at timestamptz(3),
  CHECK ((bad_sequence IS NULL) = (bad_at IS NULL) AND (bad_kind IS NULL) = (bad_at IS NULL))
);
COMMENT ON TABLE audit.verification IS 'How far audit-logger has verified its chain in the background, and the first bad record; npm run audit:verify trusts none of it';
INSERT INTO audit.verification (sequence, hash) VALUES (0, repeat('0', 64));
GRANT SELECT, UPDATE (sequence, hash, begun_at, verified_at, bad_sequence, bad_kind, bad_detail, bad_at)
  ON audit.verification TO taskflow_audit_logger;
