import type { Topic } from '@taskflow/event-contracts'

/** A row of an outbox. `id` is a bigint, kept as text. */
export interface OutboxRow {
  id: string
  event_id: string
  topic: Topic
  key: string
  event: string
}

/**
 * The rows that the relay has read, in one lane per topic and key. A lane hands out one row at a time, and the next
 * only when that one was published: with more in flight, an outage reorders the events of a key
 * (docs/dapr-behaviour.md).
 */
export const createLanes = () => {
  const lanes = new Map<string, OutboxRow[]>()
  const ready = new Map<Topic, Set<string>>()
  /** Ids of the rows, with the length of their events. */
  const known = new Map<string, number>()
  let length = 0
  const laneOf = (row: OutboxRow) => `${row.topic} ${row.key}`
  const makeReady = (row: OutboxRow) => {
    const lane = laneOf(row)
    if (!ready.has(row.topic)) ready.set(row.topic, new Set())
    ready.get(row.topic)?.add(lane)
  }

  return {
    /** Ids of all rows that were read and are still in the table. */
    known: () => [...known.keys()],
    /** Characters of all their events. */
    length: () => length,
    size: () => known.size,
    readyCount: () => [...ready.values()].reduce((sum, each) => sum + each.size, 0),
    /** Adds rows in id order. */
    add: (rows: OutboxRow[]) => {
      for (const row of rows) {
        if (known.has(row.id)) continue
        known.set(row.id, row.event.length)
        length += row.event.length
        const lane = lanes.get(laneOf(row))
        if (lane) lane.push(row)
        else {
          lanes.set(laneOf(row), [row])
          makeReady(row)
        }
      }
    },
    /** Takes the first row of up to `limit` lanes of one topic that is not `busy`; a lane is busy until `done` or `giveBack`. */
    take: (limit: number, busy: Set<Topic> = new Set()): OutboxRow[] => {
      for (const [topic, waiting] of ready) {
        if (waiting.size === 0 || busy.has(topic)) continue
        // The topic goes to the end, so that no topic starves another.
        ready.delete(topic)
        ready.set(topic, waiting)
        const rows: OutboxRow[] = []
        for (const lane of waiting) {
          if (rows.length === limit) break
          waiting.delete(lane)
          rows.push(lanes.get(lane)![0]!)
        }
        return rows
      }
      return []
    },
    /** The row was published or set aside: its lane continues. It stays known until `forget`. */
    done: (row: OutboxRow) => {
      const lane = lanes.get(laneOf(row))!
      lane.shift()
      if (lane.length > 0) makeReady(row)
      else lanes.delete(laneOf(row))
    },
    /** The row was not published: it stays first in its lane. */
    giveBack: (row: OutboxRow) => makeReady(row),
    /** The rows were deleted from the table. */
    forget: (ids: string[]) => {
      for (const id of ids) {
        length -= known.get(id) ?? 0
        known.delete(id)
      }
    },
  }
}
