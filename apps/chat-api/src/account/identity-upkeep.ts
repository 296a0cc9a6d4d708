import { type BaseDeps, createLoop, type Loop } from '@taskflow/service-kit'
import { deleteTasksOf } from '@taskflow/tasks'

const batch = 5_000
const every = 60_000

/** What expires, by table and primary key; each delete is bounded and indexed. */
const expired = [
  ['identity.refresh_tokens', 'hash', 'expires_at'],
  ['identity.sessions', 'id', 'expires_at'],
  ['identity.attempts', 'subject', 'resets_at'],
  ['identity.passkey_challenges', 'challenge', 'expires_at'],
  ['identity.openid_states', 'hash', 'expires_at'],
  ['identity.oauth_state', 'model, id', 'expires_at'],
  ['identity.mail_tokens', 'hash', 'expires_at'],
  ['identity.account_mails', 'id', 'expires_at'],
  ['identity.reset_requests', 'id', 'expires_at'],
] as const

/**
 * Removes sessions, tokens, counts of attempts, waiting mails and what belongs to apps when it has expired, and what a
 * deleted account left: tasks that were too many for its transaction, or that a request admitted before still wrote.
 */
export const createIdentityUpkeep = ({ pool, transaction, clock, log }: BaseDeps): Loop =>
  createLoop({
    name: 'identity upkeep',
    maxWait: every,
    onError: (error) => log.warn('what has expired could not be removed', { error }),
    step: async () => {
      const now = clock.now().toString()
      let more = false
      for (const [table, key, end] of expired) {
        const { rowCount } = await pool.query(
          `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE ${end} <= $1 LIMIT ${batch})`,
          [now],
        )
        more ||= rowCount === batch
      }
      const { rows } = await pool.query<{ user_id: string }>(
        `SELECT user_id FROM tasks.forgotten_users WHERE forgotten_at > now() - interval '7 days'`,
      )
      const gone = rows.map(({ user_id }) => user_id)
      if (gone.length > 0 && (await transaction((tx) => deleteTasksOf(tx, gone)))) more = true
      return more ? 0 : every
    },
  })
