import { asyncApi, releasedSchemas } from '@taskflow/event-contracts'
import { endpoint, Problem } from '@taskflow/service-kit'
import { z } from 'zod'
import { writtenOnce } from './written-once.ts'

const anyObject = z.record(z.string(), z.unknown())
const schemaList = z
  .object({
    data: z.array(z.object({ type: z.string(), version: z.string(), path: z.string() }).meta({ id: 'EventSchema' })),
  })
  .meta({ id: 'EventSchemaList' })
const path = (id: string) => `/schemas/${id}.json`

/** All events: as AsyncAPI, and the JSON Schema of each in each version. */
export const describeEvents = () => {
  const document = writtenOnce(asyncApi())
  const schemas = releasedSchemas()
  return [
    endpoint({
      method: 'get',
      path: '/asyncapi.json',
      summary: 'The events of the mesh as AsyncAPI 3.0',
      access: 'public',
      answers: { 200: anyObject },
      handle: async () => document,
    }),
    endpoint({
      method: 'get',
      path: '/schemas',
      summary: 'List the JSON Schemas of the events',
      access: 'public',
      answers: { 200: schemaList },
      handle: async () => ({
        status: 200,
        body: {
          data: [...schemas].map(([id, schema]) => ({
            type: schema.title,
            version: schema['x-version'],
            path: path(id),
          })),
        },
      }),
    }),
    endpoint({
      method: 'get',
      path: path(':id'),
      summary: 'Get the JSON Schema of a version of an event, such as task.created.2.0',
      access: 'public',
      params: z.object({ id: z.string().max(100) }),
      produces: 'application/schema+json',
      answers: { 200: anyObject },
      handle: async ({ params }) => {
        const schema = schemas.get(params.id)
        if (!schema) throw new Problem('not-found', 'there is no such schema; GET /schemas lists them')
        return { status: 200, body: schema, headers: { 'content-type': 'application/schema+json' } }
      },
    }),
  ]
}
