import { createHash } from 'node:crypto'
import { type BaseDeps, createListener, type Loop } from '@taskflow/service-kit'

/**
 * The calls that are worked on. A client of 2025 cancels a call by a request of its own, which may reach another replica;
 * newer ones end the connection of the call.
 */
export interface RunningCalls {
  /** Begins a call of a user; its signal is aborted when it is cancelled. */
  begin(call: CallName): { signal: AbortSignal; end: () => void }
  /** Cancels a call of the same user, wherever it is worked on. */
  cancel(call: CallName): Promise<void>
  /** Hears what was cancelled at other replicas. */
  loop: Loop
}

/** What only the client of a call knows: the user, the session that it was given, and how it has numbered the call. */
export type CallName = readonly [user_id: string, session: string, id: unknown]

const channel = 'mcp_cancelled'

export const createRunningCalls = ({ pool, config, log }: Pick<BaseDeps, 'pool' | 'config' | 'log'>): RunningCalls => {
  const calls = new Map<string, AbortController>()
  const listener = createListener({
    channel,
    databaseUrl: config.databaseUrl,
    log,
    onNotify: (key = '') => calls.get(key)?.abort(),
  })
  return {
    begin: (name) => {
      const key = keyOf(name)
      const call = new AbortController()
      calls.set(key, call)
      return {
        signal: call.signal,
        end: () => {
          if (calls.get(key) === call) calls.delete(key)
        },
      }
    },
    cancel: async (name) => {
      const key = keyOf(name)
      const call = calls.get(key)
      if (call) return call.abort()
      await pool.query('SELECT pg_notify($1, $2)', [channel, key])
    },
    loop: {
      name: 'cancelled MCP calls',
      start: listener.start,
      stop: listener.stop,
      processDue: async () => {},
      wake: () => {},
    },
  }
}

/** Of one length, whatever clients call their calls. */
const keyOf = (name: CallName): string => createHash('sha256').update(JSON.stringify(name)).digest('base64url')
