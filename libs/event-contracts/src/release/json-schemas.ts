import { z } from 'zod'
import type { EventDefinition } from '../define-event.ts'
import type { TopicDefinition } from '../topics.ts'
import type { JsonSchema } from './json-schema.ts'
import { sampleOf } from './sample-of.ts'

/** The schema of one version of an event, as it is kept in released/<type>.<version>.json. */
export interface EventSchema extends JsonSchema {
  /** What the `dataschema` of the event says. */
  $id: string
  title: string
  'x-version': string
  /** The topics on which it is published. */
  'x-topics': string[]
  /** Data of that version: one with all there can be, one with as little as there may be. */
  examples: Record<string, unknown>[]
}

export const schemaId = (type: string, version: string): string => `urn:taskflow:schema:${type}:${version}`

/**
 * The JSON Schema (2020-12) of every event of the catalogue in its present version, in the order of the catalogue.
 * `io: 'input'`: what a consumer accepts from Kafka, before zod fills in defaults.
 */
export const eventSchemas = (catalogue: Record<string, TopicDefinition>): EventSchema[] =>
  [...definitionsOf(catalogue).values()].map((definition) => {
    const { type, version } = definition
    const { $schema, ...schema } = z.toJSONSchema(definition.data, { io: 'input' }) as JsonSchema
    return {
      $schema,
      $id: schemaId(type, version),
      title: type,
      'x-version': version,
      'x-topics': Object.keys(catalogue).filter((topic) => catalogue[topic]!.events.some((each) => each.type === type)),
      examples: [sampleOf(schema, 'fullest'), sampleOf(schema, 'barest')] as Record<string, unknown>[],
      ...schema,
    }
  })

/** Every event once, though several topics may carry it. */
export const definitionsOf = (catalogue: Record<string, TopicDefinition>): Map<string, EventDefinition> =>
  new Map(
    Object.values(catalogue)
      .flatMap(({ events }) => events)
      .map((definition) => [definition.type, definition]),
  )
