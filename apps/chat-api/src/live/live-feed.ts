import { type BaseDeps, createListener, createLoop, type Loop, listening, notifyEach } from '@taskflow/service-kit'
import { createEventStreams, type EventClient, heartbeatSeconds } from '../http/event-stream.ts'
import { feedChannel } from './store-events.ts'

/** The live events of people, as Server-Sent Events. */
export interface LiveFeed {
  /**
   * A stream of a user's events after a number (`undefined`: from now on), as long as `mayGoOn` at each heartbeat.
   * Resolves when it is known where the stream begins: what happens from then on is in it, so a client that reads lists
   * after the answer has begun misses nothing. Problem 429 when the user has too many.
   */
  open(user_id: string, after: bigint | undefined, mayGoOn: () => Promise<boolean>): Promise<Pick<FeedClient, 'stream'>>
  /** Notifies all replicas, this one too, that these users' feeds have grown. */
  notify(user_ids: string[]): void
  /** Listens, sends heartbeats and deletes what is a day old; when it stops, all streams end. */
  loop: Loop
}

type FeedClient = EventClient<{
  user_id: string
  /** Number of the last event that was sent; undefined until it is known where to begin, and nothing is sent before. */
  last: bigint | undefined
  isSending: boolean
  hasNews: boolean
}>

const page = 100
const maxStreams = 20
const keptHours = 24
const pruneBatch = 5_000

export const createLiveFeed = ({
  pool,
  clock,
  log,
  config,
}: Pick<BaseDeps, 'pool' | 'clock' | 'log' | 'config'>): LiveFeed => {
  const streams = createEventStreams<FeedClient['state']>({ max: maxStreams, name: 'live streams' })

  const send = async (client: FeedClient): Promise<void> => {
    const { state, stream } = client
    state.hasNews = true
    if (state.isSending) return
    state.isSending = true
    try {
      while (state.hasNews && !stream.destroyed) {
        state.hasNews = false
        if ((await sendPage(client)) === page) state.hasNews = true
      }
    } catch (error) {
      if (!stream.destroyed) log.debug('a live stream has ended', { error })
      client.drop()
    } finally {
      state.isSending = false
    }
  }

  /** Waits until the client has taken each event: at most one page of it is in memory. */
  const sendPage = async (client: FeedClient): Promise<number> => {
    const { user_id, last } = client.state
    const { rows } = await pool.query<{ sequence: string; type: string; event: string }>(
      'SELECT sequence, type, event FROM tasks.feed WHERE user_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3',
      [user_id, last!.toString(), page],
    )
    for (const { sequence, type, event } of rows) {
      client.send({ event: type, data: event, id: sequence })
      await client.taken()
      client.state.last = BigInt(sequence)
    }
    return rows.length
  }

  const headOf = async (user_id: string): Promise<bigint> => {
    const { rows } = await pool.query('SELECT last_sequence FROM tasks.feed_heads WHERE user_id = $1', [user_id])
    return BigInt(rows[0]?.last_sequence ?? 0)
  }

  /** Begins where the client was, or, when that is no longer kept, has it read everything again. */
  const begin = async (client: FeedClient): Promise<void> => {
    const { user_id, last } = client.state
    const head = await headOf(user_id)
    if (last !== undefined && last !== head) {
      const { rowCount } = await pool.query('SELECT FROM tasks.feed WHERE user_id = $1 AND sequence = $2', [
        user_id,
        (last + 1n).toString(),
      ])
      if (rowCount === 0) {
        client.state.last = head
        const data = '{"reason":"the events after that id are not kept any more"}'
        client.send({ event: 'reset', data, id: head.toString() })
      }
    }
    client.state.last ??= head
  }

  const listener = createListener({
    channel: feedChannel,
    databaseUrl: config.databaseUrl,
    log,
    onNotify: (user_id) => {
      for (const client of streams.clients(user_id)) void send(client)
    },
  })

  const deleteOld = async (signal: AbortSignal) => {
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

  const heartbeat = createLoop({
    name: 'live feed',
    maxWait: heartbeatSeconds * 1_000,
    onError: (error) => log.warn('the feed could not be pruned', { error }),
    step: async (signal) => {
      await streams.heartbeat()
      await deleteOld(signal)
      return heartbeatSeconds * 1_000
    },
  })

  return {
    open: async (user_id, last, mayGoOn) => {
      const client = streams.open(user_id, { user_id, last, isSending: true, hasNews: false }, mayGoOn)
      try {
        await begin(client)
      } catch (error) {
        client.drop()
        throw error
      }
      client.state.isSending = false
      void send(client)
      return client
    },
    notify: (user_ids) => {
      notifyEach(pool, feedChannel, user_ids).catch((error) =>
        log.debug('pages could not be notified; they hear of it with the next event', { error }),
      )
    },
    loop: streams.endingWith(listening(heartbeat, listener)),
  }
}
