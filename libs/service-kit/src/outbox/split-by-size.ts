import type { OutboxRow } from './lanes.ts'

/** Kafka's default message.max.bytes, less room for key and headers. */
export const largestEvent = 1_048_576 - 2_048
/** The sidecar takes bodies of 4 MiB; events are a third larger in base64. */
const largestCall = 2_500_000

/** What goes into one call, what waits for the next one, and what no broker would take. */
export const splitBySize = (rows: OutboxRow[]): Record<'fit' | 'later' | 'tooLarge', OutboxRow[]> => {
  let bytes = 0
  const split = Object.groupBy(rows, ({ event }) => {
    const size = Buffer.byteLength(event)
    if (size > largestEvent) return 'tooLarge'
    if (bytes + size > largestCall) return 'later'
    bytes += size
    return 'fit'
  })
  return { fit: [], later: [], tooLarge: [], ...split }
}
