import { z } from 'zod'
import { cloudEvent } from '../cloud-event.ts'
import type { TopicDefinition } from '../topics.ts'
import type { JsonSchema } from './json-schema.ts'
import { definitionsOf, schemaId } from './json-schemas.ts'

/** Which service may publish on which topics, and which subscribes to which. */
export interface Scopes {
  publishing: Record<string, string[]>
  subscription: Record<string, string[]>
}

/** The AsyncAPI 3.0 document of the catalogue: topics, the events on them, and who sends and receives there. */
export const asyncApiDocument = (catalogue: Record<string, TopicDefinition>, scopes: Scopes, version: string) => {
  const definitions = [...definitionsOf(catalogue).values()]
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'TaskFlow events',
      version,
      description:
        'Every message is a CloudEvent in JSON. Each consumer takes an event once, and the events of a key in the order ' +
        'of their commits. Written by `npm run docs:asyncapi`, not by hand.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/cloudevents+json',
    channels: Object.fromEntries(
      Object.entries(catalogue).map(([topic, definition]) => [topic, channel(topic, definition)]),
    ),
    operations: {
      ...operations('send', scopes.publishing),
      ...operations('receive', scopes.subscription),
    },
    components: {
      messages: Object.fromEntries(definitions.map(({ type, version }) => [type, message(type, version)])),
      schemas: {
        CloudEvent: componentSchema('CloudEvent', cloudEvent),
        ...Object.fromEntries(definitions.map(({ type, data }) => [type, componentSchema(type, data)])),
      },
    },
  }
}

const dayMs = 24 * 60 * 60 * 1000

const channel = (topic: string, { key, partitions, retentionDays, events }: TopicDefinition) => ({
  address: topic,
  description: `Keyed by ${key === 'as it was' ? 'the key that the event had' : `${key} id`}; kept for ${retentionDays} days.`,
  messages: Object.fromEntries(events.map(({ type }) => [type, { $ref: `#/components/messages/${type}` }])),
  bindings: {
    kafka: {
      topic,
      partitions,
      topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': retentionDays * dayMs },
      bindingVersion: '0.5.0',
    },
  },
})

const operations = (action: 'send' | 'receive', scopes: Record<string, string[]>) =>
  Object.fromEntries(
    Object.entries(scopes).flatMap(([service, topics]) =>
      topics.map((topic) => [
        `${service}-${action}s-${topic}`,
        { action, channel: { $ref: `#/channels/${topic}` }, tags: [{ name: service }] },
      ]),
    ),
  )

const message = (type: string, version: string) => ({
  name: type,
  title: `${type} ${version}`,
  payload: {
    allOf: [
      { $ref: '#/components/schemas/CloudEvent' },
      {
        type: 'object',
        properties: {
          type: { const: type },
          dataschema: { const: schemaId(type, version) },
          data: { $ref: `#/components/schemas/${type}` },
        },
        required: ['type', 'data'],
      },
    ],
  },
  bindings: { kafka: { key: { type: 'string' }, bindingVersion: '0.5.0' } },
})

/**
 * AsyncAPI's own schemas are JSON Schema draft 7; a `$ref` counts from the root of the whole document. Zod writes each
 * format as a pattern too, which would be half of the document; the exact schemas are in libs/event-contracts/released.
 */
const componentSchema = (name: string, schema: z.ZodType): JsonSchema => {
  const { $schema: _, ...written } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format) delete jsonSchema.pattern
    },
  }) as JsonSchema
  return JSON.parse(JSON.stringify(written).replaceAll('"$ref":"#/', `"$ref":"#/components/schemas/${name}/`))
}
