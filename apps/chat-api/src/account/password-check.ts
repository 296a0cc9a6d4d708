import { type Clock, type Database, rateLimitHeaders, tooManyRequests } from '@taskflow/service-kit'
import { type Allowance, type Attempt, clearAttempts, countAttempts, giveBack } from './attempts.ts'
import { networkOf } from './network-of.ts'
import type { Passwords } from './passwords.ts'
import { hashOf } from './secret-tokens.ts'
import { hasSessionIn } from './session-list.ts'

/** Whether a password is right; `headers` are the RateLimit fields of a refusal. */
interface PasswordVerdict {
  right: boolean
  headers: Record<string, string>
}

/** `stored` null or undefined: there is no such account, or it has no password, which the verdict does not reveal. Problem 429, right or wrong. */
export type CheckPassword = (claim: {
  email: string
  password: string
  stored: string | null | undefined
  address: string
  user_id?: string | undefined
  /** The session or browser that is known to be this person's: wrong passwords from elsewhere do not hold it up. */
  known?: string | undefined
}) => Promise<PasswordVerdict>

/** What failed logins of an account are counted under, whether or not it exists; followed by where they come from. */
const accountSubject = (email: string): string => `login account ${hashOf(email.toLowerCase())} `

const guessesSubject = (account: string) => `guesses of ${account}`
const loginsSubject = (account: string) => `logins of ${account}`

/** What an account's logins, failed and successful, are counted under begins with one of these. */
export const loginSubjects = (email: string): string[] => {
  const account = accountSubject(email)
  return [account, guessesSubject(account), loginsSubject(account)]
}

/** The limits of sign-ins. */
export interface LoginLimits {
  /** Failed logins of an account from one network, or one known browser. */
  failuresPerAccount: Allowance
  /** Failed logins from a network. */
  failuresPerAddress: Allowance
  /** Failed logins of an account from everywhere: further ones are accepted only from networks it has sessions in. */
  failuresFromAnywhere: Allowance
  /** Logins of an account and from a network, successful ones too: each costs a hash and a session. */
  loginsPerAccount: Allowance
  loginsPerAddress: Allowance
}

/**
 * Checks passwords against guessing. Whoever guesses is slowed down, by account and network together; the owner is not
 * locked out: a known browser and a session have counts of their own. An attempt is counted as failed before the
 * password is checked and taken back when it is right: of concurrent guesses, no more than allowed are checked.
 */
export const createPasswordCheck = (
  deps: { db: Database; clock: Clock; passwords: Passwords },
  limits: LoginLimits,
): CheckPassword => {
  const { db, passwords } = deps
  const { failuresPerAccount, failuresPerAddress, failuresFromAnywhere, loginsPerAccount, loginsPerAddress } = limits

  /** `own` ends with a right password, `shared` only loses this attempt. */
  const verdict = async (
    claim: { password: string; stored: string | null | undefined },
    own: Attempt[],
    shared: Attempt[],
  ) => {
    const right = await passwords.matches(claim.password, claim.stored)
    if (right) {
      await giveBack(db, shared)
      for (const { subject } of own) await clearAttempts(db, subject)
    }
    const shown = [...own, ...shared].filter(({ name }) => name !== failuresFromAnywhere.name)
    return { right, headers: rateLimitHeaders(shown) }
  }

  /** Throws for the first that is exceeded, after taking back what was counted as failed. */
  const refuse = async (attempts: Attempt[], failures: Attempt[], detail: (name: string) => string) => {
    const exceeded = attempts.find((each) => each.exceeded)
    if (!exceeded) return
    await giveBack(db, failures)
    throw tooManyRequests(detail(exceeded.name), exceeded)
  }

  return async ({ email, password, stored, address, user_id, known }) => {
    const account = accountSubject(email)
    if (known !== undefined) {
      const own = await countAttempts(deps, [[failuresPerAccount, account + known]])
      await refuse(own, [], () => 'too many wrong passwords')
      return verdict({ password, stored }, own, [])
    }
    const network = networkOf(address)
    // The address first: one that is blocked cannot use up the attempts of any account.
    const ofAddress = await countAttempts(deps, [
      [failuresPerAddress, `login address ${network}`],
      [loginsPerAddress, `logins address ${network}`],
    ])
    await refuse(ofAddress, [], (name) =>
      name === loginsPerAddress.name
        ? 'too many logins from your network address'
        : 'too many failed logins from your network address',
    )
    const ofAccount = await countAttempts(deps, [
      [failuresPerAccount, account + network],
      [failuresFromAnywhere, guessesSubject(account)],
      [loginsPerAccount, loginsSubject(account)],
    ])
    const of = (attempts: Attempt[], { name }: Allowance) => attempts.filter((each) => each.name === name)
    const own = of(ofAccount, failuresPerAccount)
    const anywhere = of(ofAccount, failuresFromAnywhere)
    const failures = [...of(ofAddress, failuresPerAddress), ...anywhere]
    await refuse(own, failures, () => 'too many failed logins of this account')
    await refuse(of(ofAccount, loginsPerAccount), failures, () => 'too many logins of this account')
    if (anywhere.some(({ exceeded }) => exceeded) && !(user_id && (await hasSessionIn(db, user_id, network)))) {
      await refuse(anywhere, failures, () => 'too many failed logins of this account')
    }
    return verdict({ password, stored }, own, failures)
  }
}
