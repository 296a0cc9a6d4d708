import { once } from 'node:events'
import { PassThrough, type Readable } from 'node:stream'
import { type BaseDeps, createListener, createLoop, type Loop, Problem } from '@taskflow/service-kit'
import { feedChannel } from './store-events.ts'

/** The live events of people, as Server-Sent Events. */
export interface LiveFeed {
  /**
   * A stream of a user's events after a number (`undefined`: from now on). `mayGoOn` is asked at each heartbeat: a
   * stream outlives neither its session nor its token. Problem 429 when the user has too many.
   */
  open(user_id: string, after: bigint | undefined, mayGoOn: () => Promise<boolean>): Readable
  /** Tells all replicas, this one too, that these users' feeds have grown. */
  tell(user_ids: string[]): void
  /** Listens, sends heartbeats and forgets what is a day old; stopping ends all streams. */
  loop: Loop
}

interface Client {
  user_id: string
  /** Number of the last event that was sent; undefined until it is known where to begin, and nothing is sent before. */
  last: bigint | undefined
  stream: PassThrough
  mayGoOn: () => Promise<boolean>
  isSending: boolean
  hasNews: boolean
}

const heartbeatEvery = 15_000
const page = 100
/** A client that takes nothing for this long is dropped; meanwhile at most one page waits for it. */
const patience = 30_000
const mostStreams = 20
const keptHours = 24
const pruneBatch = 5_000

export const createLiveFeed = ({
  pool,
  clock,
  log,
  config,
}: Pick<BaseDeps, 'pool' | 'clock' | 'log' | 'config'>): LiveFeed => {
  const clients = new Map<string, Set<Client>>()
  const all = () => [...clients.values()].flatMap((each) => [...each])

  const drop = (client: Client) => {
    const own = clients.get(client.user_id)
    own?.delete(client)
    if (own?.size === 0) clients.delete(client.user_id)
    client.stream.destroy()
  }

  const send = async (client: Client): Promise<void> => {
    client.hasNews = true
    if (client.isSending) return
    client.isSending = true
    try {
      while (client.hasNews && !client.stream.destroyed) {
        client.hasNews = false
        if ((await sendPage(client)) === page) client.hasNews = true
      }
    } catch (error) {
      if (!client.stream.destroyed) log.debug('a live stream has ended', { error })
      drop(client)
    } finally {
      client.isSending = false
    }
  }

  const sendPage = async (client: Client): Promise<number> => {
    const { rows } = await pool.query<{ sequence: string; type: string; event: string }>(
      'SELECT sequence, type, event FROM tasks.feed WHERE user_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3',
      [client.user_id, client.last!.toString(), page],
    )
    for (const { sequence, type, event } of rows) {
      await write(client, `id: ${sequence}\nevent: ${type}\ndata: ${event}\n\n`)
      client.last = BigInt(sequence)
    }
    return rows.length
  }

  const write = async ({ stream }: Client, text: string): Promise<void> => {
    if (!stream.write(text)) await once(stream, 'drain', { signal: AbortSignal.timeout(patience) })
  }

  const headOf = async (user_id: string): Promise<bigint> => {
    const { rows } = await pool.query('SELECT last_sequence FROM tasks.feed_heads WHERE user_id = $1', [user_id])
    return BigInt(rows[0]?.last_sequence ?? 0)
  }

  /** Begins where the client was, or, when that is no longer kept, tells it to read everything anew. */
  const begin = async (client: Client): Promise<void> => {
    const head = await headOf(client.user_id)
    await write(client, 'retry: 2000\n\n')
    if (client.last !== undefined && client.last !== head) {
      const { rows } = await pool.query('SELECT FROM tasks.feed WHERE user_id = $1 AND sequence = $2', [
        client.user_id,
        (client.last + 1n).toString(),
      ])
      if (rows.length === 0) {
        client.last = head
        await write(
          client,
          `id: ${head}\nevent: reset\ndata: {"reason":"the events after that id are not kept any more"}\n\n`,
        )
      }
    }
    client.last ??= head
  }

  const listener = createListener({
    channel: feedChannel,
    databaseUrl: config.databaseUrl,
    log,
    onNotify: (user_id) => {
      for (const client of user_id === undefined ? all() : (clients.get(user_id) ?? [])) void send(client)
    },
  })

  const heartbeat = async (client: Client): Promise<void> => {
    try {
      if (!(await client.mayGoOn())) client.stream.end()
      // What is being sent shows that the line is alive.
      else if (!client.isSending) await write(client, ': alive\n\n')
    } catch {
      drop(client)
    }
  }

  const forgetOld = async (signal: AbortSignal) => {
    const before = clock.now().subtract({ hours: keptHours }).toString()
    let removed: number
    do {
      const { rowCount } = await pool.query(
        `DELETE FROM tasks.feed WHERE (user_id, sequence) IN
           (SELECT user_id, sequence FROM tasks.feed WHERE stored_at < $1 ORDER BY stored_at LIMIT ${pruneBatch})`,
        [before],
      )
      removed = rowCount ?? 0
    } while (removed === pruneBatch && !signal.aborted)
  }

  const beat = createLoop({
    name: 'live feed',
    maxWait: heartbeatEvery,
    onError: (error) => log.warn('the feed could not be pruned', { error }),
    step: async (signal) => {
      await Promise.all(all().map(heartbeat))
      await forgetOld(signal)
      return heartbeatEvery
    },
  })

  return {
    open: (user_id, after, mayGoOn) => {
      const own = clients.get(user_id) ?? new Set()
      if (own.size >= mostStreams) {
        throw new Problem('too-many-requests', `at most ${mostStreams} live streams at once; close one`, {
          headers: { 'retry-after': '5' },
        })
      }
      const stream = new PassThrough()
      const client: Client = { user_id, last: after, stream, mayGoOn, isSending: true, hasNews: false }
      stream.on('error', () => {})
      stream.once('close', () => drop(client))
      clients.set(user_id, own.add(client))
      begin(client).then(
        () => {
          client.isSending = false
          void send(client)
        },
        (error) => {
          log.warn('a live stream could not begin', { error })
          drop(client)
        },
      )
      return stream
    },
    tell: (user_ids) => {
      pool
        .query('SELECT pg_notify($1, user_id) FROM unnest($2::text[]) AS user_id', [feedChannel, user_ids])
        .catch((error) => log.debug('pages could not be told; the next event tells them', { error }))
    },
    loop: {
      ...beat,
      start: () => {
        listener.start()
        beat.start()
      },
      stop: async () => {
        for (const client of all()) client.stream.end()
        await Promise.all([listener.stop(), beat.stop()])
      },
    },
  }
}
