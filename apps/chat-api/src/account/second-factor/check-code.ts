import type { IncomingHttpHeaders } from 'node:http'
import { Problem, type Tx, tooManyRequests } from '@taskflow/service-kit'
import { type Allowance, clearAttempts, countAttempts } from '../attempts.ts'
import type { AccountDeps } from '../deps.ts'
import { countFailedSignIn } from '../failed-sign-ins.ts'
import { networkOf } from '../network-of.ts'
import { recordAccountAction } from '../record-account-action.ts'
import { acceptCode } from './second-factor.ts'

const windowSeconds = 900
/** Wrong codes of an account from one network or known browser, and from everywhere else. */
const perPlace: Allowance = { name: 'codes', allowed: 10, windowSeconds }
const perAccount: Allowance = { name: 'codes-of-account', allowed: 50, windowSeconds }

/** Who sends a code: `known` as for passwords, see password-check.ts. */
export interface CodeClaim {
  user_id: string
  code: string
  address: string
  headers: IncomingHttpHeaders
  known?: string | undefined
}

/**
 * Uses a code of a second factor in a transaction of its own. A code is counted before it is looked at: of concurrent
 * guesses, no more than allowed are. Problem 401 when it is wrong, 429 after too many.
 */
export const checkCode = async (
  deps: AccountDeps,
  { user_id, code, address, headers, known }: CodeClaim,
): Promise<void> => {
  const { db, clock, transaction, secretBox } = deps
  const [place, account] = [`codes at ${user_id} ${known ?? networkOf(address)}`, `codes of ${user_id}`]
  const attempts = await countAttempts({ db, clock }, [
    [perPlace, place],
    ...(known === undefined ? [[perAccount, account] as const] : []),
  ])
  const exceeded = attempts.find((each) => each.exceeded)
  const tried = { user_id, action: 'second_factor_failed', address, headers } as const
  if (exceeded) {
    await countFailedSignIn(deps, tried)
    throw tooManyRequests('too many wrong codes', exceeded)
  }
  const isRight = await transaction(async (tx: Tx) => {
    const used = await acceptCode(tx, secretBox, user_id, code)
    if (used === 'recovery code')
      await recordAccountAction(tx, user_id, { action: 'recovery_code_used', actor: 'person', headers })
    return used
  })
  if (!isRight) {
    await countFailedSignIn(deps, tried)
    throw wrongCode('is wrong')
  }
  for (const subject of [place, account]) await clearAttempts(db, subject)
}

/** Problem 401: the password was right, but a code is missing or wrong. */
export const wrongCode = (message: string): Problem =>
  new Problem('unauthorized', `code: ${message}`, { errors: [{ path: 'code', message }] })
