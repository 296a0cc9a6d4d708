import { type Clock, type Database, rateLimitHeaders, tooManyRequests } from '@taskflow/service-kit'
import { type Allowance, type Attempt, clearAttempts, countAttempt, giveBack } from './attempts.ts'
import { networkOf } from './network-of.ts'
import type { Passwords } from './passwords.ts'
import { hashOf } from './secret-tokens.ts'

/** Whether a password is right; `headers` are the RateLimit fields of a refusal. */
interface PasswordVerdict {
  right: boolean
  headers: Record<string, string>
}

/** `stored` undefined: there is no such account, which the verdict does not reveal. Problem 429, right or wrong. */
export type CheckPassword = (claim: {
  email: string
  password: string
  stored: string | undefined
  address: string
}) => Promise<PasswordVerdict>

/** What failed logins of an account are counted under, whether or not it exists. */
export const accountSubject = (email: string): string => `login account ${hashOf(email.toLowerCase())}`

/**
 * Checks passwords against guessing, by account and by network address. An attempt is counted as failed before the
 * password is checked and taken back when it is right: of concurrent guesses, no more than allowed are checked.
 */
export const createPasswordCheck = (deps: {
  db: Database
  clock: Clock
  passwords: Passwords
  perAccount: Allowance
  perAddress: Allowance
}): CheckPassword => {
  const { db, passwords, perAccount, perAddress } = deps
  const count = async (allowance: Allowance, subject: string): Promise<Attempt[]> =>
    allowance.allowed === 0 ? [] : [await countAttempt(deps, allowance, subject)]

  return async ({ email, password, stored, address }) => {
    // The address first: one that is blocked cannot use up the attempts of any account.
    const ofAddress = await count(perAddress, `login address ${networkOf(address)}`)
    for (const attempt of ofAddress) {
      if (attempt.exceeded) throw tooManyRequests('too many failed logins from your network address', attempt)
    }
    const subject = accountSubject(email)
    const ofAccount = await count(perAccount, subject)
    const takeBack = () => Promise.all(ofAddress.map((attempt) => giveBack(db, attempt)))
    for (const attempt of ofAccount) {
      if (!attempt.exceeded) continue
      await takeBack()
      throw tooManyRequests('too many failed logins of this account', attempt)
    }
    const right = await passwords.matches(password, stored)
    if (right) {
      await takeBack()
      await clearAttempts(db, subject)
    }
    return { right, headers: rateLimitHeaders([...ofAccount, ...ofAddress]) }
  }
}
