import { usage } from '@taskflow/database'
import { type Database, Problem, type Transaction, type Tx } from '@taskflow/service-kit'
import { eq, sql } from 'drizzle-orm'

/** What a person stores. Deleted tasks and series count as bytes until they are removed. */
export interface Usage {
  open_tasks: number
  recurring_tasks: number
  bytes: number
}

/** The most that a person may store; 0: no limit. */
export type Quotas = Usage

const total = {
  open_tasks: sql<number>`coalesce(sum(${usage.open_tasks}), 0)::int`,
  recurring_tasks: sql<number>`coalesce(sum(${usage.series}), 0)::int`,
  bytes: sql<number>`coalesce(sum(${usage.bytes}), 0)::float8`,
}

/** What a person stores, as of the last commit and this transaction. */
export const readUsage = async (db: Database | Tx, user_id: string): Promise<Usage> => {
  const [row] = await db.select(total).from(usage).where(eq(usage.user_id, user_id))
  return row!
}

/** What text of a task or series counts as, in bytes. */
export const storedBytes = ({
  title,
  description = '',
  tags = [],
  category,
}: {
  title: string
  description?: string | undefined
  tags?: string[] | undefined
  category?: string | null | undefined
}): number => 1_000 + Buffer.byteLength(`${title}${description}${tags.join(' ')}${category ?? ''}`)

const names = { open_tasks: 'open tasks', recurring_tasks: 'recurring tasks', bytes: 'stored text' }

const advice = {
  open_tasks: 'complete or delete some',
  recurring_tasks: 'delete some',
  bytes: 'delete tasks or shorten descriptions; deleted tasks count for 30 days',
}

const amount = (quota: keyof Usage, count: number): string =>
  quota === 'bytes' ? `${Math.round(count / 1_000_000)} MB of stored text` : `${count} ${names[quota]}`

/** The refusal of what would exceed a quota: 403 with its name. */
export const quotaExceeded = (quota: keyof Usage, allowed: number): Problem =>
  new Problem(
    'quota-exceeded',
    `you can have ${amount(quota, allowed)} (the limit "${names[quota]}"); ${advice[quota]}`,
  )

/** The first quota that is exceeded. */
export const exceededQuota = (used: Usage, quotas: Quotas): keyof Usage | undefined =>
  (Object.keys(names) as (keyof Usage)[]).find((quota) => quotas[quota] > 0 && used[quota] > quotas[quota])

/** By what all copies of a transaction have in common. */
const quotasOf = new WeakMap<Tx['appendedTo'], Quotas>()

/** A transaction that is rolled back with problem 403 when somebody stores more through it than the quotas allow. */
export const withQuotas =
  (transaction: Transaction, quotas: Quotas): Transaction =>
  (work, origin) =>
    transaction(async (tx) => {
      quotasOf.set(tx.appendedTo, quotas)
      const result = await work(tx)
      if (tx.appendedTo.size > 0) tx.beforeCommit.push(check(quotas))
      return result
    }, origin).catch((error) => {
      throw asProblem(error, quotas)
    })

/**
 * Fails with problem 403 when the transaction has taken somebody over a quota. Whoever was over before may store less,
 * or as much. Checked before each commit; here it is for each of several changes, to refuse just the one that is too much.
 */
export const requireWithinQuotas = async (tx: Tx): Promise<void> => {
  const quotas = quotasOf.get(tx.appendedTo)
  if (!quotas || tx.appendedTo.size === 0) return
  await tx.$client.query(check(quotas)).catch((error) => {
    throw asProblem(error, quotas)
  })
}

const check = ({ open_tasks, recurring_tasks, bytes }: Quotas): string =>
  `SELECT tasks.require_within_quotas(${[open_tasks, recurring_tasks, bytes].map(Number).join()})`

/** What the check fails with. */
const isExceeded = (error: unknown): error is Error & { message: keyof Usage } =>
  error instanceof Error && 'code' in error && error.code === 'TQ001'

const asProblem = (error: unknown, quotas: Quotas): unknown =>
  isExceeded(error) ? quotaExceeded(error.message, quotas[error.message]) : error
