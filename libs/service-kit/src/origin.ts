import { randomBytes } from 'node:crypto'
import type { CloudEvent } from '@taskflow/event-contracts'
import { v7 as uuidv7 } from 'uuid'

/** Where a change comes from: a person's request or an event. Written into every event that the change makes. */
export interface Origin {
  /** The first request or event of the whole story. */
  correlationid: string
  /** The event that was handled; undefined for a request. */
  causationid?: string
  /** The network address of the person who asked; undefined for what is caused by an event or a timer. */
  clientaddress?: string
  /** W3C trace context of the span that makes the change. */
  traceparent: string
}

const traceparentPattern = /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/

/** A new span: of the given trace if it is a valid W3C traceparent, else of a new one. */
export const childTraceparent = (parent?: string): string => {
  const [, trace, flags] = traceparentPattern.exec(parent ?? '') ?? []
  return `00-${trace ?? randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-${flags ?? '01'}`
}

export const traceIdOf = (traceparent: string): string => traceparent.slice(3, 35)

/** The origin of something that no event caused: a request, or a timer. */
export const rootOrigin = (options: { correlationid?: string; traceparent?: string } = {}): Origin => ({
  correlationid: options.correlationid ?? uuidv7(),
  traceparent: childTraceparent(options.traceparent),
})

/** The origin of what is done because of `event`. */
export const originOf = (event: CloudEvent): Origin => ({
  correlationid: event.correlationid ?? event.id,
  causationid: event.id,
  traceparent: childTraceparent(event.traceparent),
})
