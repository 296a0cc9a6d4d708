import type { Topic } from '@taskflow/event-contracts'
import { z } from 'zod'
import type { Delivery } from './subscription.ts'

interface BulkEntry {
  entryId: string
  event?: unknown
  contentType?: string
  metadata?: Record<string, unknown> | null
}

/**
 * The entries of a bulk delivery. Checked by hand: a schema took a tenth of a consumer's time (docs/performance.md).
 */
const bulkEntries = (body: unknown): BulkEntry[] | undefined => {
  const entries = (body as { entries?: unknown } | null)?.entries
  if (!Array.isArray(entries)) return undefined
  return entries.every((entry: BulkEntry | null) => typeof entry?.entryId === 'string') ? entries : undefined
}

/** The CloudEvent that Dapr wraps around the raw bytes of a single delivery. */
const wrapped = z.looseObject({ specversion: z.string(), data_base64: z.string() })

/**
 * Decodes whatever a Dapr subscription may deliver to the route of a topic: bulk or single, raw bytes (base64), text or
 * a decoded CloudEvent. `single` decides the form of the answer. Position and key arrive as metadata (bulk) or HTTP
 * headers (single); see docs/dapr-behaviour.md.
 */
export const decodeDelivery = (
  topic: Topic,
  body: unknown,
  headers: Record<string, string | string[] | undefined>,
): { single: boolean; deliveries: Delivery[] } => {
  const entries = bulkEntries(body)
  if (!entries) {
    const data = wrapped.safeParse(body)
    const bytes = data.success ? Buffer.from(data.data.data_base64, 'base64') : bytesOf(body)
    return { single: true, deliveries: [delivery(topic, '0', bytes, headers)] }
  }
  return {
    single: false,
    deliveries: entries.map((entry) => {
      const raw = entry.contentType === 'application/octet-stream' && typeof entry.event === 'string'
      const bytes = raw ? Buffer.from(entry.event as string, 'base64') : bytesOf(entry.event)
      return delivery(topic, entry.entryId, bytes, entry.metadata ?? {})
    }),
  }
}

const bytesOf = (value: unknown): Uint8Array =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value ?? null))

const delivery = (topic: Topic, entryId: string, bytes: Uint8Array, metadata: Record<string, unknown>): Delivery => {
  const headers: Record<string, string> = {}
  for (const name of keptHeaders) {
    const value = metadata[name]
    if (typeof value === 'string' || typeof value === 'number') headers[name] = storable(String(value))
  }
  return {
    entryId,
    bytes,
    topic,
    partition: Number(headers.__partition ?? -1),
    offset: headers.__offset ?? '-1',
    key: headers.__key ?? headers.partitionKey ?? headers.partitionkey ?? '',
    headers,
  }
}

/** Kept with parked events. Nothing else of the HTTP request is kept: it holds tokens. */
const keptHeaders = [
  '__topic',
  '__partition',
  '__offset',
  '__key',
  '__timestamp',
  'partitionKey',
  'partitionkey',
  'traceparent',
]

/** Postgres text cannot hold NUL; a message with one in its key must still get into the inbox. */
export const storable = (text: string): string => text.replaceAll('\0', '\uFFFD')
