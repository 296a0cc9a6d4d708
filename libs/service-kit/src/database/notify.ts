import type pg from 'pg'
import type { Log } from '../log.ts'

/** NOTIFY with each of these payloads, for news that cannot be coalesced. Call it after the commit. */
export const notifyEach = async (pool: pg.Pool, channel: string, payloads: string[]): Promise<void> => {
  await pool.query('SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload', [channel, payloads])
}

/** Sends NOTIFY to the listeners of a channel, in all processes. Fails silently. */
export type Notify = (channel: string) => Promise<void>

/**
 * NOTIFY to be sent after a commit, coalesced: inside transactions it serializes their commits. Listeners also poll, so
 * that a lost one only costs time.
 */
export const createNotify = ({ pool, log }: { pool: pg.Pool; log: Log }): Notify => {
  /** Channels whose NOTIFY is in flight; true: another must follow. */
  const sending = new Map<string, boolean>()
  const notify: Notify = async (channel) => {
    if (sending.has(channel)) {
      sending.set(channel, true)
      return
    }
    sending.set(channel, false)
    await pool.query('SELECT pg_notify($1, $2)', [channel, '']).catch((error) => {
      log.debug('NOTIFY failed; listeners poll', { channel, error })
    })
    const again = sending.get(channel)
    sending.delete(channel)
    if (again) await notify(channel)
  }
  return notify
}
