import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { BaseDeps } from '../deps.ts'
import type { Log } from '../log.ts'
import type { Loop } from '../loop.ts'

/** Hears NOTIFY on one channel. */
export interface Listener {
  start(): void
  stop(): Promise<void>
}

const pauseAfterLoss = 500

/**
 * Listens over a connection of its own, which is made anew when it is lost. `onNotify` is also called whenever listening
 * begins (again): what was told before was not heard.
 */
export const createListener = (options: {
  channel: string
  databaseUrl: string
  /** Gets the payload of a notification; none when listening has begun (again). */
  onNotify: (payload?: string) => void
  log: Log
}): Listener => {
  const { channel, databaseUrl, onNotify, log } = options
  let stopping = false
  let running: Promise<void> | undefined
  /** Ends the wait for whatever is waited for. */
  let rouse = () => {}

  /** One connection's life; throws when it is lost. */
  const session = async () => {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: `listen ${channel}`,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 10_000,
      keepAlive: true,
      // Nothing is ever sent here: that the server's host vanished shows in probes only, within some 15 s.
      keepAliveInitialDelayMillis: 5_000,
    })
    const over = Promise.withResolvers<void>()
    over.promise.catch(() => {}) // it may be lost before it is awaited
    client.on('error', over.reject)
    client.on('end', () => over.reject(new Error('connection ended')))
    client.on('notification', ({ payload }) => onNotify(payload))
    rouse = over.resolve
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
    rouse = () => over.abort()
    if (!stopping) await delay(pauseAfterLoss, undefined, { signal: over.signal }).catch(() => {})
  }

  const run = async () => {
    while (!stopping) {
      try {
        await session()
      } catch (error) {
        log.warn('listening for notifications failed and begins again', { channel, error })
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
      rouse()
      await running
    },
  }
}

/**
 * The loop, woken in every process that runs it: `wake` rouses it here at once and all others by NOTIFY on the channel.
 * To be called after the commit.
 */
export const wokenEverywhere = (
  loop: Loop,
  channel: string,
  { config, log, notify }: Pick<BaseDeps, 'config' | 'log' | 'notify'>,
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

/** The loop and what it listens to, started and stopped as one. */
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
