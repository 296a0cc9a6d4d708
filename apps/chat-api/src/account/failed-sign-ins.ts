import type { IncomingHttpHeaders } from 'node:http'
import type { AccountAction } from '@taskflow/event-contracts'
import { type BaseDeps, createLoop, type Loop, Problem, rootOrigin, type Tx, withOrigin } from '@taskflow/service-kit'
import { networkOf } from './network-of.ts'
import { recordAccountAction, userAgentOf } from './record-account-action.ts'

const countedFor = Temporal.Duration.from({ minutes: 1 })
const every = 15_000
const batch = 500

/** Networks that are counted apart, for an account and for all addresses without one; the rest count as one. */
const maxNetworks = 10
const maxNetworksOfNobody = 1_000
const otherNetworks = 'others'

/** A try with a wrong password or code. `user_id` undefined: there is no such account. */
export interface FailedSignIn {
  user_id: string | undefined
  action: Extract<AccountAction, 'sign_in_failed' | 'confirmation_failed' | 'second_factor_failed'>
  address: string
  headers: IncomingHttpHeaders
}

/**
 * Counts a failed try: whoever guesses passwords must not fill the audit log. For an account there is one record a
 * minute, action and network, for at most eleven networks. An address without an account costs the same statement, so
 * that the time reveals nothing, and of it only the network is kept, for a minute.
 */
export const countFailedSignIn = async (
  { pool, clock }: Pick<BaseDeps, 'pool' | 'clock'>,
  { user_id, action, address, headers }: FailedSignIn,
): Promise<void> => {
  const id = user_id ?? null
  const most = id === null ? maxNetworksOfNobody : maxNetworks
  // The row of the account is locked, so that its deletion does not make this fail.
  await pool.query({
    name: 'count a failed sign-in',
    text: `WITH account AS (SELECT id FROM identity.users WHERE id = $1 FOR KEY SHARE),
       known AS (SELECT network FROM identity.failed_sign_ins
                 WHERE user_id IS NOT DISTINCT FROM $1 AND action = $2 LIMIT $8)
     INSERT INTO identity.failed_sign_ins AS failed (user_id, action, network, count, first_at, address, user_agent)
     SELECT $1::uuid, $2,
       CASE WHEN $3 IN (SELECT network FROM known) OR (SELECT count(*) FROM known) < $8 THEN $3 ELSE $4 END,
       1, $5::timestamptz, $6, $7
     WHERE $1::uuid IS NULL OR EXISTS (SELECT FROM account)
     ON CONFLICT (user_id, action, network) DO UPDATE
     SET count = failed.count + 1, address = excluded.address, user_agent = excluded.user_agent`,
    values: [
      id,
      action,
      networkOf(address),
      otherNetworks,
      clock.now().toString(),
      address,
      userAgentOf(headers),
      most,
    ],
  })
}

/** Does what checks a try, and counts the try as failed when a limit refuses it: whoever goes on guessing is seen. */
export const countingRefusals = async <T>(
  deps: Pick<BaseDeps, 'pool' | 'clock'>,
  tried: FailedSignIn,
  check: () => Promise<T>,
): Promise<T> => {
  try {
    return await check()
  } catch (error) {
    if (error instanceof Problem && error.problem === 'too-many-requests') await countFailedSignIn(deps, tried)
    throw error
  }
}

interface Row {
  user_id: string | null
  action: FailedSignIn['action']
  network: string
  count: number
  first_at: Date
  address: string
  user_agent: string | null
}

const deleted = 'RETURNING user_id, action, network, count, first_at, address, user_agent'

/** Records the failed tries of a person so far, before a sign-in: who signs in sees what came before. */
export const recordFailedSignIns = async (tx: Tx, user_id: string): Promise<void> => {
  const { rows } = await tx.$client.query<Row>({
    name: 'failed sign-ins of an account',
    text: `DELETE FROM identity.failed_sign_ins WHERE user_id = $1 ${deleted}`,
    values: [user_id],
  })
  await record(tx, rows)
}

const record = async (tx: Tx, rows: Row[]) => {
  for (const { user_id, action, network, count, first_at, address, user_agent } of rows) {
    if (user_id === null) continue
    const at = network === otherNetworks ? {} : { clientaddress: address }
    await recordAccountAction(withOrigin(tx, { ...rootOrigin(), ...at }), user_id, {
      action,
      actor: action === 'confirmation_failed' ? 'person' : 'anyone',
      ...(user_agent === null ? {} : { headers: { 'user-agent': user_agent } }),
      details: {
        count,
        since: first_at.toISOString(),
        ...(network === otherNetworks ? { networks: 'many' } : {}),
      },
    })
  }
}

/** Records what was counted, a minute after the first; what no account has is logged, by network. */
export const createFailedSignInLoop = ({ transaction, clock, log }: BaseDeps): Loop =>
  createLoop({
    name: 'failed sign-ins',
    maxWait: every,
    onError: (error) => log.warn('failed sign-ins could not be recorded', { error }),
    step: async () => {
      const rows = await transaction(async (tx) => {
        const { rows } = await tx.$client.query<Row>(
          `DELETE FROM identity.failed_sign_ins WHERE ctid = ANY (ARRAY(
             SELECT ctid FROM identity.failed_sign_ins WHERE first_at <= $1
             ORDER BY first_at LIMIT ${batch} FOR UPDATE SKIP LOCKED)) ${deleted}`,
          [clock.now().subtract(countedFor).toString()],
        )
        await record(tx, rows)
        return rows
      })
      for (const { user_id, network, count } of rows)
        if (user_id === null) log.warn('sign-ins failed for addresses without an account', { network, count })
      return rows.length === batch ? 0 : every
    },
  })
