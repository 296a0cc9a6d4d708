import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type ServiceName, serviceNames } from '@taskflow/service-kit'
import { writePrivateFile } from '../parts/private-files.ts'

/**
 * Generated once per clone and kept, because the data depends on them: passwords are in Postgres, sessions are signed.
 */
export interface Secrets {
  postgresPassword: string
  servicePasswords: Record<ServiceName, string>
  /** What a service shows its own sidecar, and the sidecar its service. */
  daprApiTokens: Record<ServiceName, string>
  appApiTokens: Record<ServiceName, string>
  tokenSecret: string
  linkSecret: string
  accountKey: string
  oauthSecret: string
  auditKey: string
  auditSigningKey: string
}

/** Reads the secrets of this clone and generates missing ones. Only the user can read the file. */
export const readSecrets = async (file: string): Promise<Secrets> => {
  const text = await readFile(file, 'utf8').catch(() => '{}')
  const kept = JSON.parse(text) as Partial<Secrets>
  const generated = newSecrets()
  const names = Object.keys(generated) as (keyof Secrets)[]
  const secrets = Object.fromEntries(
    names.map((name) => {
      const [fresh, known] = [generated[name], kept[name]]
      return [name, typeof fresh === 'string' ? (known ?? fresh) : { ...fresh, ...(known as object) }]
    }),
  ) as unknown as Secrets
  await writePrivateFile(file, `${JSON.stringify(secrets, undefined, 2)}\n`)
  return secrets
}

export const newSecrets = (): Secrets => ({
  postgresPassword: newSecret(),
  servicePasswords: oneForEach(),
  daprApiTokens: oneForEach(),
  appApiTokens: oneForEach(),
  tokenSecret: newSecret(),
  linkSecret: newSecret(),
  accountKey: newSecret(),
  oauthSecret: newSecret(),
  auditKey: newSecret(),
  auditSigningKey: newSigningKey(),
})

const oneForEach = () =>
  Object.fromEntries(serviceNames.map((name) => [name, newSecret()])) as Record<ServiceName, string>

/** 192 random bits in characters that need no quoting in a shell or a URL. */
const newSecret = (): string => randomBytes(24).toString('base64url')

/** An Ed25519 private key: PKCS8 in base64. */
export const newSigningKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
