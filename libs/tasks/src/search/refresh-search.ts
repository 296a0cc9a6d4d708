import type { Tx } from '@taskflow/service-kit'

/**
 * Computes the words of up to `limit` tasks again, after a migration that changed how, and goes on from there the next
 * time; tasks whose words stay the same are not written. Returns whether there may be more.
 */
export const refreshSearch = async (tx: Tx, limit: number): Promise<boolean> => {
  const { rows: begun } = await tx.$client.query<{ after: string }>(
    'SELECT after FROM tasks.search_refresh FOR UPDATE SKIP LOCKED',
  )
  if (!begun[0]) return false
  // A task that is being changed is waited for: other changes than of its text do not compute its words.
  const { rows } = await tx.$client.query<{ last: string | null; count: number }>(
    `WITH batch AS MATERIALIZED (
       SELECT id FROM tasks.tasks WHERE id > $1 ORDER BY id LIMIT $2 FOR NO KEY UPDATE
     ), refreshed AS (
       UPDATE tasks.tasks SET title = title FROM batch WHERE tasks.id = batch.id AND search IS DISTINCT FROM
         tasks.search_document(user_id, created_at, title, tags, category, description)
     ) SELECT (array_agg(id ORDER BY id DESC))[1] AS last, count(*)::int AS count FROM batch`,
    [begun[0].after, limit],
  )
  const { last, count } = rows[0]!
  const isOver = count < limit
  if (isOver) await tx.$client.query('DELETE FROM tasks.search_refresh')
  else await tx.$client.query('UPDATE tasks.search_refresh SET after = $1', [last])
  return !isOver
}
