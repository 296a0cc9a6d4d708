import type pg from 'pg'
import type { Log } from '../log.ts'

/** Tells whoever listens on a channel, in all processes, that there is something new. Fails silently. */
export type Notify = (channel: string) => Promise<void>

/**
 * NOTIFY to be sent after a commit, and coalesced: inside transactions it serializes their commits. What listens looks by
 * itself from time to time, so that one that gets lost only costs time.
 */
export const createNotify = ({ pool, log }: { pool: pg.Pool; log: Log }): Notify => {
  /** Channels whose NOTIFY is under way; true: there was more news meanwhile, so another must follow. */
  const sending = new Map<string, boolean>()
  const notify: Notify = async (channel) => {
    if (sending.has(channel)) {
      sending.set(channel, true)
      return
    }
    sending.set(channel, false)
    await pool.query('SELECT pg_notify($1, $2)', [channel, '']).catch((error) => {
      log.debug('others could not be notified; they look by themselves', { channel, error })
    })
    const again = sending.get(channel)
    sending.delete(channel)
    if (again) await notify(channel)
  }
  return notify
}
