import { z } from 'zod'
import type { EventDefinition, PayloadOf } from './define-event.ts'

/**
 * CloudEvents 1.0 (JSON format) as TaskFlow publishes it. `looseObject`: other extension attributes are allowed
 * (CloudEvents 1.0.2, section 3.1), a sidecar may add some.
 */
export const cloudEvent = z.looseObject({
  specversion: z.literal('1.0'),
  id: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\0]*$/, 'must not contain NUL'),
  type: z.string().min(1),
  source: z.string().min(1),
  subject: z.string().optional(),
  time: z.iso.datetime({ offset: true }).optional(),
  datacontenttype: z.string().optional(),
  dataschema: z.string().optional(),
  traceparent: z.string().optional(),
  partitionkey: z.string().optional(),
  correlationid: z.string().optional(),
  causationid: z.string().optional(),
  clientaddress: z.string().max(100).optional(),
  data: z.unknown(),
})

/** An event whose data has been checked against its definition. */
export interface CloudEvent<Data = unknown> {
  specversion: '1.0'
  id: string
  type: string
  source: string
  subject: string
  time: string
  datacontenttype: 'application/json'
  dataschema: string
  traceparent: string
  /** Orders the event: all events of a key are delivered in the order of their commits. */
  partitionkey: string
  /** The request or first event from which everything else follows. */
  correlationid: string
  /** The event that caused this one; absent when a person did. */
  causationid?: string
  /** Network address of the person who made the request; absent when an event or a timer caused it. */
  clientaddress?: string
  data: Data
}

export interface EventAttributes {
  id: string
  source: string
  subject: string
  time: string
  traceparent: string
  partitionkey: string
  correlationid: string
  causationid?: string
  clientaddress?: string
}

/** Builds the CloudEvent of a definition. The data is not checked here: the compiler and the tests do that. */
export const createEvent = <Definition extends EventDefinition>(
  definition: Definition,
  attributes: EventAttributes,
  user_id: string | null,
  payload: PayloadOf<Definition>,
): CloudEvent => ({
  specversion: '1.0',
  type: definition.type,
  datacontenttype: 'application/json',
  dataschema: `urn:taskflow:schema:${definition.type}:${definition.version}`,
  ...attributes,
  data: { schema_version: definition.version, user_id, ...payload },
})
