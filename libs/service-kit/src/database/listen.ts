import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '../log.ts'
import type { Loop } from '../loop.ts'
import type { Notify } from './notify.ts'

/** Receives NOTIFY on one channel. */
export interface Listener {
  start(): void
  stop(): Promise<void>
}

const retryDelay = 500

/**
 * Listens over a connection of its own and reconnects when it is lost. `onNotify` is also called whenever listening
 * starts (again): notifications before that were missed.
 */
export const createListener = (options: {
  channel: string
  databaseUrl: string
  /** Gets the payload of a notification; undefined when listening has started (again). */
  onNotify: (payload?: string) => void
  log: Log
}): Listener => {
  const { channel, databaseUrl, onNotify, log } = options
  let stopping = false
  let running: Promise<void> | undefined
  /** Ends the current wait. */
  let endWait = () => {}

  /** One connection's life; throws when it is lost. */
  const session = async () => {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: `listen ${channel}`,
      connectionTimeoutMillis: 5_000,
      query_timeout: 12_000,
      statement_timeout: 10_000,
      keepAlive: true,
      // Nothing is ever sent here: only probes show that the server's host vanished, within some 15 s.
      keepAliveInitialDelayMillis: 5_000,
    })
    const over = Promise.withResolvers<void>()
    over.promise.catch(() => {}) // it may be rejected before it is awaited
    client.on('error', over.reject)
    client.on('end', () => over.reject(new Error('connection ended')))
    client.on('notification', ({ payload }) => onNotify(payload))
    endWait = over.resolve
    try {
      await client.connect()
      await client.query(`LISTEN ${client.escapeIdentifier(channel)}`)
      onNotify()
      if (!stopping) await over.promise
    } finally {
      await client.end().catch(() => {})
    }
  }

  const pause = async () => {
    const over = new AbortController()
    endWait = () => over.abort()
    if (!stopping) await delay(retryDelay, undefined, { signal: over.signal }).catch(() => {})
  }

  const run = async () => {
    while (!stopping) {
      try {
        await session()
      } catch (error) {
        log.warn('listening for notifications failed and starts again', { channel, error })
        await pause()
      }
    }
  }

  return {
    start: () => {
      running ??= run()
    },
    stop: async () => {
      stopping = true
      endWait()
      await running
    },
  }
}

/**
 * A loop whose `wake` wakes it in every process that runs it: here at once, elsewhere by NOTIFY on the channel. Call it
 * after the commit.
 */
export const wokenEverywhere = (
  loop: Loop,
  channel: string,
  { config, log, notify }: { config: { databaseUrl: string }; log: Log; notify: Notify },
): Loop => {
  const listener = createListener({ channel, databaseUrl: config.databaseUrl, onNotify: () => loop.wake(), log })
  return {
    ...listening(loop, listener),
    wake: () => {
      loop.wake()
      void notify(channel)
    },
  }
}

/** A loop and its listener, started and stopped as one. */
export const listening = (loop: Loop, listener: Listener): Loop => ({
  ...loop,
  start: () => {
    listener.start()
    loop.start()
  },
  stop: async () => {
    await Promise.all([listener.stop(), loop.stop()])
  },
})
