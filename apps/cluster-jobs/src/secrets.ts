import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { environmentPrefix, serviceNames } from '@taskflow/service-kit'
import { selfSigned } from './self-signed.ts'

/** The Secrets that the manifests expect, by name. Every call returns new values. */
export const newSecrets = (): Record<string, Record<string, string>> => ({
  // What a service and its sidecar show each other.
  ...Object.fromEntries(serviceNames.map((name) => [`sidecar-${name}`, { token: random() }])),
  taskflow: {
    TOKEN_SECRET: random(),
    LINK_SECRET: random(),
    ACCOUNT_KEY: random(),
    OAUTH_SECRET: random(),
    AUDIT_KEY: random(),
    AUDIT_SIGNING_KEY: generateKeyPairSync('ed25519')
      .privateKey.export({ format: 'der', type: 'pkcs8' })
      .toString('base64'),
    SMTP_URL: 'smtp://mailbox:1025',
    STATESTORE_PASSWORD: random(),
    DATABASE_PASSWORD: random(),
    ...Object.fromEntries(serviceNames.map((name) => [`${environmentPrefix(name)}_DATABASE_PASSWORD`, random()])),
  },
})

/** 192 random bits, in characters that need no quoting in a URL. */
const random = (): string => randomBytes(24).toString('base64url')

interface Secret {
  metadata: { name: string }
  type: string
  stringData: Record<string, string>
}

/** The same as Kubernetes objects, with a certificate for `host` if given. */
export const secretsFor = (host?: string): (Secret & { apiVersion: string; kind: string })[] => {
  const secret = (name: string, stringData: Record<string, string>, type = 'Opaque') => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, labels: { 'app.kubernetes.io/part-of': 'taskflow' } },
    type,
    stringData,
  })
  const secrets = Object.entries(newSecrets()).map(([name, values]) => secret(name, values))
  if (!host) return secrets
  const { key, certificate } = selfSigned(host)
  return [...secrets, secret('taskflow-tls', { 'tls.crt': certificate, 'tls.key': key }, 'kubernetes.io/tls')]
}
