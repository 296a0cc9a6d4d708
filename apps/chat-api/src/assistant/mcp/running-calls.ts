import { createHash } from 'node:crypto'
import { type BaseDeps, createListener, type Loop, notifyEach } from '@taskflow/service-kit'

/**
 * The running calls. Clients on the 2025 protocols cancel a call with a separate request, which may reach another
 * replica; newer ones close the connection of the call.
 */
export interface RunningCalls {
  /** Registers a call; its signal is aborted when the call is cancelled. */
  begin(call: CallName): { signal: AbortSignal; end: () => void }
  /** Cancels a call of the same user, on whichever replica it runs. */
  cancel(call: CallName): Promise<void>
  /** Listens for cancellations that other replicas received. */
  loop: Loop
}

/** The user, the client's session and the client's id of the call. */
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
      await notifyEach(pool, channel, [key])
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

/** A hash, because ids of clients may be of any length. */
const keyOf = (name: CallName): string => createHash('sha256').update(JSON.stringify(name)).digest('base64url')
