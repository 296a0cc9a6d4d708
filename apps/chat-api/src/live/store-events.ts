import type { ReceivedEvent, Tx } from '@taskflow/service-kit'

/** The channel on which replicas notify each other whose feed has grown; the payload is the user's id. */
export const feedChannel = 'tasks_feed'

/**
 * Writes events into the feeds of their users, numbered per user without gaps and in the order in which they commit: a
 * reader that has all up to a number has missed nothing. Afterwards `notify` is called with the users whose feeds have
 * grown.
 */
export const storeEvents = async (tx: Tx, events: ReceivedEvent['event'][], notify: (user_ids: string[]) => void) => {
  const byUser = Map.groupBy(
    events.filter(({ data }) => data.user_id !== null),
    ({ data }) => data.user_id!,
  )
  // In the order of the ids, or two replicas would wait for each other.
  const users = [...byUser.keys()].sort()
  if (users.length === 0) return
  const { rows } = await tx.$client.query<{ user_id: string; last_sequence: string }>(
    `INSERT INTO tasks.feed_heads AS head (user_id, last_sequence)
     SELECT * FROM unnest($1::uuid[], $2::bigint[]) AS new (user_id, count) ORDER BY user_id
     ON CONFLICT (user_id) DO UPDATE SET last_sequence = head.last_sequence + excluded.last_sequence
     RETURNING user_id, last_sequence`,
    [users, users.map((user) => byUser.get(user)!.length)],
  )
  const numbered = rows.flatMap(({ user_id, last_sequence }) => {
    const own = byUser.get(user_id)!
    const first = BigInt(last_sequence) - BigInt(own.length) + 1n
    return own.map((event, index) => ({ user_id, sequence: first + BigInt(index), event }))
  })
  await tx.$client.query(
    `INSERT INTO tasks.feed (user_id, sequence, type, event, stored_at)
     SELECT *, $5::timestamptz FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[])`,
    [
      numbered.map(({ user_id }) => user_id),
      numbered.map(({ sequence }) => sequence.toString()),
      numbered.map(({ event }) => event.type),
      numbered.map(({ event }) => JSON.stringify(event)),
      tx.clock.now().toString(),
    ],
  )
  tx.afterCommit.push(() => notify(users))
}
