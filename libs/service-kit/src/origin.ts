import { randomBytes } from 'node:crypto'
import type { CloudEvent } from '@taskflow/event-contracts'
import { v7 as uuidv7 } from 'uuid'

/** Where a change comes from: a person's request or an event. Written into every event that the change makes. */
export interface Origin {
  /** The request or event with which it all began. */
  correlationid: string
  /** The event that was handled; undefined for a request. */
  causationid?: string
  /** Network address of the person who made the request; undefined when an event or a timer is the cause. */
  clientaddress?: string
  /** W3C trace context of the span that makes the change. */
  traceparent: string
}

/** W3C Trace Context, section 3.2.2: an id of zeros is none. */
const traceparentPattern = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/

/** The parts of a W3C traceparent; undefined when it is not valid. */
export const readTraceparent = (traceparent: string | undefined) => {
  const [, traceId, spanId, flags] = traceparentPattern.exec(traceparent ?? '') ?? []
  return traceId && spanId ? { traceId, spanId, isSampled: (Number.parseInt(flags!, 16) & 1) === 1 } : undefined
}

/** A new span: of the given trace if it is a valid W3C traceparent, else of a new one that is not recorded. */
export const childTraceparent = (parent?: string): string => {
  const { traceId, isSampled } = readTraceparent(parent) ?? {
    traceId: randomBytes(16).toString('hex'),
    isSampled: false,
  }
  return `00-${traceId}-${randomBytes(8).toString('hex')}-0${isSampled ? 1 : 0}`
}

/** The traceparent with another flag; undefined when it is not valid. */
const flagged = (flag: '00' | '01') => (traceparent: string | undefined) => {
  const read = readTraceparent(traceparent)
  return read && `00-${read.traceId}-${read.spanId}-${flag}`
}
export const sampled = flagged('01')
export const unsampled = flagged('00')

export const traceIdOf = (traceparent: string): string => traceparent.slice(3, 35)

/** The origin of a request or a timer: no event caused it. By default its span is not recorded. */
export const rootOrigin = (options: { correlationid?: string | undefined; traceparent?: string } = {}): Origin => ({
  correlationid: options.correlationid ?? uuidv7(),
  traceparent: options.traceparent ?? childTraceparent(),
})

/** The origin of changes that `event` causes, under the span in which it is handled. */
export const originOf = (event: CloudEvent, traceparent = childTraceparent(event.traceparent)): Origin => ({
  correlationid: event.correlationid ?? event.id,
  causationid: event.id,
  traceparent,
})
