import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { type ServiceName, serviceNames } from '@taskflow/service-kit'

/**
 * Generated once per clone and kept, because the data depends on them: passwords are in Postgres, sessions are signed.
 */
export interface Secrets {
  postgresPassword: string
  servicePasswords: Record<ServiceName, string>
  daprApiToken: string
  appApiToken: string
  tokenSecret: string
  linkSecret: string
  accountKey: string
  auditKey: string
  auditSigningKey: string
}

/** Reads the secrets of this clone and generates missing ones. Only the user can read the file. */
export const readSecrets = async (file: string): Promise<Secrets> => {
  const text = await readFile(file, 'utf8').catch(() => '{}')
  const kept = JSON.parse(text) as Partial<Secrets>
  const generated = newSecrets()
  const servicePasswords = { ...generated.servicePasswords, ...kept.servicePasswords }
  const secrets: Secrets = { ...generated, ...kept, servicePasswords }
  const next = `${JSON.stringify(secrets, undefined, 2)}\n`
  if (next !== text) await writeFile(file, next, { mode: 0o600 })
  return secrets
}

export const newSecrets = (): Secrets => ({
  postgresPassword: newSecret(),
  servicePasswords: Object.fromEntries(serviceNames.map((name) => [name, newSecret()])) as Secrets['servicePasswords'],
  daprApiToken: newSecret(),
  appApiToken: newSecret(),
  tokenSecret: newSecret(),
  linkSecret: newSecret(),
  accountKey: newSecret(),
  auditKey: newSecret(),
  auditSigningKey: newSigningKey(),
})

/** 192 random bits in characters that need no quoting in a shell or a URL. */
const newSecret = (): string => randomBytes(24).toString('base64url')

/** An Ed25519 private key: PKCS8 in base64. */
export const newSigningKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
