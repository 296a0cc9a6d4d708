import { type Channel, ledger } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { and, asc, count, eq, gt, inArray, isNull, lte, min, or } from 'drizzle-orm'

/** People with due notifications, in turns: nobody has a second turn before everybody due has had one. */
export interface Turns {
  /** The next people, `atMost` of those that `admit` accepts. Whoever is not accepted waits for the next pass. */
  take(tx: Tx, atMost: number, admit?: (user_id: string) => boolean): Promise<string[]>
}

/** Due rows of which the people are seen at a glance; with more, an index is walked from person to person. */
const glance = 2_000
/** People of one pass at most. */
const maxPeople = 5_000

/**
 * A pass is a list made when the one before is used up. It is kept in memory: whoever takes somebody from it looks again
 * whether anything is due, and other replicas have passes of their own.
 */
export const createTurns = (channel: Channel): Turns => {
  let pass: string[] = []
  return {
    take: async (tx, atMost, admit = () => true) => {
      if (pass.length === 0) pass = await peopleWithDue(tx, channel)
      const taken: string[] = []
      while (taken.length < atMost && pass.length > 0) {
        const user_id = pass.shift()!
        if (admit(user_id)) taken.push(user_id)
      }
      return taken
    },
  }
}

/** What is to be sent by `now` and is not being sent. */
export const due = (channel: Channel, now: string) =>
  and(
    eq(ledger.state, 'pending'),
    eq(ledger.channel, channel),
    lte(ledger.next_attempt_at, now),
    or(isNull(ledger.claimed_until), lte(ledger.claimed_until, now)),
  )

/** People to whom nothing is being sent, the longest waiting first. */
const peopleWithDue = async (tx: Tx, channel: Channel): Promise<string[]> => {
  const people = (await peopleAtAGlance(tx, channel)) ?? (await peopleByWalking(tx, channel))
  const busy = await busyOf(tx, channel, people)
  return people.filter((user_id) => !busy.has(user_id))
}

/** The people of the oldest due rows; undefined when there are too many rows to see everybody. */
const peopleAtAGlance = async (tx: Tx, channel: Channel): Promise<string[] | undefined> => {
  const { user_id, next_attempt_at } = ledger
  const rows = tx
    .select({ user_id, next_attempt_at })
    .from(ledger)
    .where(due(channel, tx.clock.now().toString()))
    .orderBy(asc(next_attempt_at))
    .limit(glance)
    .as('due_rows')
  const people = await tx
    .select({ user_id: rows.user_id, rows: count() })
    .from(rows)
    .groupBy(rows.user_id)
    .orderBy(asc(min(rows.next_attempt_at)))
  const seen = people.reduce((total, each) => total + each.rows, 0)
  return seen < glance ? people.map((each) => each.user_id) : undefined
}

/** Reads one entry of the index for each person, however many rows one has. */
const peopleByWalking = async (tx: Tx, channel: Channel): Promise<string[]> => {
  const { rows } = await tx.$client.query<{ user_id: string }>(
    `WITH RECURSIVE people AS (
       (SELECT user_id, next_attempt_at FROM notifications.ledger WHERE channel = $1 AND state = 'pending'
        ORDER BY user_id, next_attempt_at LIMIT 1)
       UNION ALL
       SELECT next.* FROM people, LATERAL (
         SELECT user_id, next_attempt_at FROM notifications.ledger
         WHERE channel = $1 AND state = 'pending' AND user_id > people.user_id
         ORDER BY user_id, next_attempt_at LIMIT 1) AS next)
     SELECT user_id FROM people WHERE next_attempt_at <= $2 ORDER BY next_attempt_at LIMIT $3`,
    [channel, tx.clock.now().toString(), maxPeople],
  )
  return rows.map(({ user_id }) => user_id)
}

/** Those of these people to whom something is being sent. */
export const busyOf = async (tx: Tx, channel: Channel, people: string[]): Promise<Set<string>> => {
  if (people.length === 0) return new Set()
  const { user_id, state, claimed_until } = ledger
  const rows = await tx
    .selectDistinct({ user_id })
    .from(ledger)
    .where(
      and(
        inArray(user_id, people),
        eq(ledger.channel, channel),
        eq(state, 'pending'),
        gt(claimed_until, tx.clock.now().toString()),
      ),
    )
  return new Set(rows.map((row) => row.user_id))
}
