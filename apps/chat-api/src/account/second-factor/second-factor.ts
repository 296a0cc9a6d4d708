import { createHmac, hkdfSync, randomInt } from 'node:crypto'
import { recoveryCodes, secondFactors } from '@taskflow/database'
import { type Database, Problem, type Tx } from '@taskflow/service-kit'
import { and, eq, isNotNull, lt } from 'drizzle-orm'
import { CompactEncrypt, compactDecrypt } from 'jose'
import { generateSecret, generateURI, verify } from 'otplib'

/** The codes of the step before and after are accepted: clocks differ, and typing takes time. */
const toleranceSeconds = 30
const recoveryCodeCount = 10
const totpCode = /^\d{6}$/
/** Without letters and digits that look alike. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Encrypts the secrets of authenticator apps, and hashes recovery codes. */
export interface SecretBox {
  seal(user_id: string, secret: string): Promise<string>
  /** Throws when it was sealed for somebody else, with another key, or was changed. */
  open(user_id: string, sealed: string): Promise<string>
  /** A hash of a short code, of no use to whoever has the database without the key. */
  digest(user_id: string, code: string): string
}

export const createSecretBox = (accountKey: string): SecretBox => {
  const key = new Uint8Array(hkdfSync('sha256', accountKey, '', 'taskflow: secrets of second factors', 32))
  const codeKey = new Uint8Array(hkdfSync('sha256', accountKey, '', 'taskflow: recovery codes', 32))
  return {
    digest: (user_id, code) =>
      createHmac('sha256', codeKey)
        .update(JSON.stringify([user_id, code]))
        .digest('hex'),
    seal: (user_id, secret) =>
      new CompactEncrypt(Buffer.from(JSON.stringify([user_id, secret])))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .encrypt(key),
    open: async (user_id, sealed) => {
      const { plaintext } = await compactDecrypt(sealed, key)
      const [owner, secret] = JSON.parse(Buffer.from(plaintext).toString()) as [string, string]
      if (owner !== user_id) throw new Error('the secret of a second factor belongs to another account')
      return secret
    },
  }
}

/** Whether a person has a second factor, which sign-in then asks for. */
export const hasSecondFactor = async (db: Database | Tx, user_id: string): Promise<boolean> => {
  const isOn = and(eq(secondFactors.user_id, user_id), isNotNull(secondFactors.confirmed_at))
  return (await db.$count(secondFactors, isOn)) > 0
}

export const countRecoveryCodes = (db: Database, user_id: string): Promise<number> =>
  db.$count(recoveryCodes, eq(recoveryCodes.user_id, user_id))

/** Begins with a new secret; nothing asks for it before it is confirmed. Problem 409 when there is a second factor. */
export const beginSecondFactor = async (
  tx: Tx,
  box: SecretBox,
  { id, email }: { id: string; email: string },
): Promise<{ secret: string; uri: string }> => {
  const secret = generateSecret()
  const row = { secret: await box.seal(id, secret), created_at: tx.clock.now().toString() }
  const { rowCount } = await tx
    .insert(secondFactors)
    .values({ user_id: id, ...row })
    .onConflictDoUpdate({ target: secondFactors.user_id, set: row, setWhere: eq(secondFactors.last_step, 0) })
  if (!rowCount) throw new Problem('conflict', 'you have an authenticator app; remove it first')
  return { secret, uri: generateURI({ issuer: 'TaskFlow', label: email, secret }) }
}

/** Confirms that the authenticator app works; returns recovery codes, once. Undefined when the code is wrong. */
export const confirmSecondFactor = async (
  tx: Tx,
  box: SecretBox,
  user_id: string,
  code: string,
): Promise<string[] | undefined> => {
  if (!(await acceptTotp(tx, box, user_id, code))) return undefined
  await tx
    .update(secondFactors)
    .set({ confirmed_at: tx.clock.now().toString() })
    .where(eq(secondFactors.user_id, user_id))
  return replaceRecoveryCodes(tx, box, user_id)
}

/** New recovery codes, returned once; the ones before stop working. */
export const replaceRecoveryCodes = async (tx: Tx, box: SecretBox, user_id: string): Promise<string[]> => {
  const part = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('')
  const codes = Array.from({ length: recoveryCodeCount }, () => `${part()}-${part()}`)
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.user_id, user_id))
  await tx.insert(recoveryCodes).values(codes.map((code) => ({ user_id, hash: box.digest(user_id, code) })))
  return codes
}

/** Removes a second factor with its recovery codes. */
export const removeSecondFactor = async (tx: Tx, user_id: string): Promise<void> => {
  await tx.delete(secondFactors).where(eq(secondFactors.user_id, user_id))
}

/** What a code was, of the authenticator app or a recovery code; undefined when it is wrong. Either works once. */
export const acceptCode = async (
  tx: Tx,
  box: SecretBox,
  user_id: string,
  code: string,
): Promise<'app' | 'recovery code' | undefined> => {
  if (totpCode.test(code)) return (await acceptTotp(tx, box, user_id, code)) ? 'app' : undefined
  const { rowCount } = await tx
    .delete(recoveryCodes)
    .where(
      and(eq(recoveryCodes.user_id, user_id), eq(recoveryCodes.hash, box.digest(user_id, code.trim().toLowerCase()))),
    )
  return rowCount ? 'recovery code' : undefined
}

const acceptTotp = async (tx: Tx, box: SecretBox, user_id: string, token: string): Promise<boolean> => {
  // The library takes another length for a mistake of the caller.
  if (!totpCode.test(token)) return false
  const [factor] = await tx.select().from(secondFactors).where(eq(secondFactors.user_id, user_id)).for('update')
  if (!factor) return false
  const result = await verify({
    secret: await box.open(user_id, factor.secret),
    token,
    epoch: Math.floor(tx.clock.now().epochMilliseconds / 1_000),
    epochTolerance: toleranceSeconds,
  })
  if (!result.valid || !('timeStep' in result)) return false
  // RFC 6238, section 5.2: a code is accepted once.
  const { rowCount } = await tx
    .update(secondFactors)
    .set({ last_step: result.timeStep })
    .where(and(eq(secondFactors.user_id, user_id), lt(secondFactors.last_step, result.timeStep)))
  return Boolean(rowCount)
}
