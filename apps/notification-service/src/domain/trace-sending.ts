import type { LedgerRow } from '@taskflow/database'
import type { Origin, SpanOptions } from '@taskflow/service-kit'
import type { Delivery } from './delivery.ts'
import type { Outcome } from './outcome.ts'

/** An attempt is part of the reminder's trace; for a digest, it links to the trace of each. It names no person. */
export const sendingSpan = ({ channel, rows }: Delivery): SpanOptions => ({
  kind: 'client',
  causes: rows.map((row) => originOf(row).traceparent),
  attributes: {
    ...(channel === 'email' ? { 'network.protocol.name': 'smtp' } : { 'http.request.method': 'POST' }),
    'messaging.batch.message_count': rows.length,
    'taskflow.attempt': rows[0]!.attempts,
  },
})

/** Why an attempt failed, without what the server said: it may quote an address. */
export const failureOf = ({ result }: Outcome): string | undefined => (result === 'sent' ? undefined : result)

/** The delivery with the attempt as the cause of its event. */
export const causedBy = (traceparent: string, delivery: Delivery): Delivery => {
  const [row, ...others] = delivery.rows
  if (!row || others.length > 0) return delivery
  return { ...delivery, rows: [{ ...row, origin: { ...originOf(row), traceparent } }] }
}

const originOf = (row: LedgerRow): Origin => row.origin as Origin
