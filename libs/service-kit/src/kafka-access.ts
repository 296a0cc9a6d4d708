/** How Kafka's admin client logs in: SASL/SCRAM-SHA-512 over TLS. `ca`: PEM of the authority, unless it is a public one. */
export const kafkaAccess = ({
  username,
  password,
  ca,
}: {
  username: string
  password: string
  ca?: string | undefined
}) => ({
  tls: ca ? { ca } : {},
  sasl: { mechanism: 'SCRAM-SHA-512' as const, username, password },
})
