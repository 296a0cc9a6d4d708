import { configReader } from '@taskflow/service-kit'
import { z } from 'zod'
import { signingKey } from './domain/checkpoint.ts'

const isSigningKey = (base64: string): boolean => {
  try {
    return Boolean(signingKey(base64))
  } catch {
    return false
  }
}

export const readConfig = configReader('audit-logger', {
  /** Encrypts the keys of users. When it is lost, so are the personal fields of all records. */
  AUDIT_KEY: z.string().min(32, 'must be a secret of at least 32 characters'),
  /** Signs checkpoints. */
  AUDIT_SIGNING_KEY: z
    .string()
    .refine(
      isSigningKey,
      'must be an Ed25519 private key, PKCS8 in base64: openssl genpkey -algorithm ed25519 -outform DER | base64 -w0',
    ),
  /** The file of checkpoints: one per replica, on another disk than the database. */
  AUDIT_CHECKPOINTS: z.string(),
})

export type Config = ReturnType<typeof readConfig>
