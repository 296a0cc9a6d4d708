import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import {
  type Answer,
  type BaseDeps,
  createLoop,
  type Loop,
  type Origin,
  type Principal,
  Problem,
  type Transaction,
  type Tx,
  tryAdvisoryLock,
} from '@taskflow/service-kit'

const header = 'idempotency-key'
const hour = 3_600_000

/**
 * Runs `work` in a transaction, once per `Idempotency-Key` header of a user: the answer is stored in the same
 * transaction, so that a client that got none (because we died after COMMIT, say) may retry and gets the first one.
 * Without the header each request does its work. A failed request stores nothing.
 * Problems: 409 while the first request still runs, 422 for a key that came with another body (draft
 * ietf-httpapi-idempotency-key-header-07, section 2.7).
 */
export const once = (
  transaction: Transaction,
  operation: string,
  { user, headers, body, origin }: { user: Principal; headers: IncomingHttpHeaders; body: unknown; origin: Origin },
  work: (tx: Tx) => Promise<Answer>,
): Promise<Answer> => {
  const key = keyIn(headers)
  return transaction(async (tx) => {
    if (key === undefined) return work(tx)
    const request_hash = createHash('sha256')
      .update(JSON.stringify([operation, body]))
      .digest('hex')
    if (!(await tryAdvisoryLock(tx, 'idempotency', `${user.user_id} ${key}`))) {
      throw new Problem('in-progress', `the first request with this ${header} is still being worked on; ask again`, {
        headers: { 'retry-after': '1' },
      })
    }
    const { rows } = await tx.$client.query<{ request_hash: string; answer: Answer }>(
      'SELECT request_hash, answer FROM identity.idempotency_keys WHERE user_id = $1 AND key = $2',
      [user.user_id, key],
    )
    const [first] = rows
    if (first && first.request_hash !== request_hash) {
      const message = 'was used for another request; take a new key'
      throw new Problem('invalid', `${header} ${message}`, { errors: [{ path: header, message }] })
    }
    if (first) return { ...first.answer, headers: { ...first.answer.headers, 'idempotency-replayed': 'true' } }
    const answer = await work(tx)
    await tx.$client.query('INSERT INTO identity.idempotency_keys VALUES ($1, $2, $3, $4, $5)', [
      user.user_id,
      key,
      request_hash,
      JSON.stringify(answer),
      tx.clock.now().toString(),
    ])
    return answer
  }, origin)
}

const keyIn = (headers: IncomingHttpHeaders): string | undefined => {
  const key = headers[header]
  if (key === undefined) return undefined
  if (typeof key === 'string' && key.length > 0 && key.length <= 255) return key
  const message = 'must be 1 to 255 characters, such as a UUID'
  throw new Problem('invalid', `${header} ${message}`, { errors: [{ path: header, message }] })
}

/** Deletes answers after 24 h. */
export const createIdempotencyPruning = ({ pool, clock, log }: BaseDeps): Loop =>
  createLoop({
    name: 'idempotency keys',
    maxWait: hour,
    onError: (error) => log.warn('old idempotency keys could not be removed', { error }),
    step: async () => {
      const before = clock.now().subtract({ hours: 24 }).toString()
      const { rowCount } = await pool.query(
        `DELETE FROM identity.idempotency_keys WHERE (user_id, key) IN (
           SELECT user_id, key FROM identity.idempotency_keys WHERE created_at < $1 LIMIT 5000)`,
        [before],
      )
      return rowCount === 5_000 ? 0 : hour
    },
  })
