import type { OutboxRow } from './lanes.ts'

/** Kafka's default message.max.bytes, less room for key and headers. */
export const maxEventBytes = 1_048_576 - 2_048
/** The sidecar accepts bodies of 4 MiB; events are a third larger in base64. */
const maxCallBytes = 2_500_000

/** Rows that fit into one call, rows for the next one, and rows that no broker accepts. */
export const splitBySize = (rows: OutboxRow[]): Record<'fit' | 'later' | 'tooLarge', OutboxRow[]> => {
  let bytes = 0
  const split = Object.groupBy(rows, ({ event }) => {
    const size = Buffer.byteLength(event)
    if (size > maxEventBytes) return 'tooLarge'
    if (bytes + size > maxCallBytes) return 'later'
    bytes += size
    return 'fit'
  })
  return { fit: [], later: [], tooLarge: [], ...split }
}
