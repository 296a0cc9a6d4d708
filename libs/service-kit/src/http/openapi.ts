import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { problem } from './problem.ts'
import { neededScope } from './scopes.ts'

export interface OpenApiOptions {
  title: string
  version: string
  description: string
  /** Schemas that get a name of their own; wherever they are used, the document refers to them. */
  schemas: Record<string, z.ZodType>
}

/** The OpenAPI 3.1 document of endpoints: the schemas that validate are those that document. Mesh endpoints are left out. */
export const openApiDocument = (endpoints: Endpoint[], { schemas, ...info }: OpenApiOptions) => {
  const shown = endpoints.filter(({ access }) => access !== 'mesh')
  const write = schemaWriter({ ...schemas, Problem: problem })
  const paths: Record<string, Record<string, object>> = {}
  for (const each of shown) {
    const path = each.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [each.method]: operation(each, write) }
  }
  return {
    openapi: '3.1.0',
    info: { ...info, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: write.components(),
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'the token of a login, or an API token that has the scope which the operation names',
        },
      },
    },
  }
}

type Writer = ReturnType<typeof schemaWriter>

const operation = (endpoint: Endpoint, write: Writer) => {
  const { method, path, summary, access } = endpoint
  const name = path
    .replace(/^\/api\/v1/, '')
    .replaceAll(/[/\-_.]+:?(\w)/g, (_, letter: string) => letter.toUpperCase())
    .replaceAll(/\W/g, '')
  return {
    operationId: `${method}${name}`,
    tags: [path.split('/').filter((part) => !['', 'api', 'v1'].includes(part))[0]],
    summary,
    ...(access === 'public' ? { security: [] } : { security: [{ bearer: [] }], description: needs(endpoint) }),
    parameters: [
      ...parameters('path', endpoint.params, write),
      ...parameters('query', endpoint.query, write),
      ...headers(endpoint),
    ],
    ...(endpoint.body
      ? {
          requestBody: {
            required: !endpoint.body.safeParse({}).success,
            content: contents(
              endpoint.file?.types ?? { 'application/json': endpoint.body },
              write,
              'input',
              endpoint.example,
            ),
          },
        }
      : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(endpoint.answers).map(([status, schema]) => [
          status,
          {
            description: answerTexts[status] ?? 'Done',
            ...(schema ? { content: contents(byType(schema, endpoint.produces), write, 'output') } : {}),
          },
        ]),
      ),
      ...problemAnswers(endpoint),
    },
  }
}

/** A stream is described by its events. */
const serverSentEvent = z.object({ id: z.string().optional(), event: z.string().optional(), data: z.string() })

const byType = (schema: z.ZodType | Record<string, z.ZodType>, type = 'application/json') => {
  if (!(schema instanceof z.ZodType)) return schema
  return { [type]: type === 'text/event-stream' ? serverSentEvent : schema }
}

const contents = (types: Record<string, z.ZodType>, write: Writer, io: 'input' | 'output', example?: unknown) =>
  Object.fromEntries(
    Object.entries(types).map(([type, schema]) => [
      type,
      { schema: write(schema, io), ...(example === undefined ? {} : { example }) },
    ]),
  )

const answerTexts: Record<string, string> = {
  200: 'Done',
  201: 'Created',
  202: 'Accepted',
  204: 'Done, nothing to show',
}

const needs = (endpoint: Endpoint): string =>
  ({
    user: `Needs the scope ${neededScope(endpoint)}.`,
    person: 'For a person who has signed in, not for an API token.',
    admin: 'Needs the admin role and the scope admin.',
    public: '',
    mesh: '',
  })[endpoint.access]

const problemTexts: Record<number, string> = {
  400: 'The request is malformed, or its body is not JSON',
  401: 'No valid token',
  403: 'The token lacks a scope or the role',
  404: 'Not there, or of somebody else',
  408: 'The request did not come in time',
  409: 'In conflict with how it is now',
  412: 'If-Match names another version',
  413: 'The body is too large',
  415: 'The body is not application/json',
  422: 'A value is not valid; errors name each field',
  429: 'Too many requests; Retry-After says when to come again',
  431: 'Address and headers are too long',
  503: 'A part that is needed is away; ask again',
}

/** What may go wrong with an endpoint, by its parts. */
const problemAnswers = ({ access, params, body, method, produces, problems = [] }: Endpoint) => {
  const statuses = [
    ...problems,
    ...(access === 'public' ? [] : [401, 403]),
    ...(params ? [404] : []),
    ...(method === 'get' ? [] : [409]),
    ...(method !== 'get' && params ? [412] : []),
    ...(body ? [413, 415] : []),
    400,
    408,
    422,
    429,
    431,
    503,
  ]
  return Object.fromEntries(
    statuses
      .toSorted((a, b) => a - b)
      .map((status) => [
        status,
        {
          description: problemTexts[status],
          content: {
            'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
            // A page for people says in its own words what is wrong.
            ...(produces === 'text/html' ? { 'text/html': { schema: { type: 'string' } } } : {}),
          },
        },
      ]),
  )
}

const parameters = (place: 'path' | 'query', schema: z.ZodType | undefined, write: Writer) => {
  if (!schema) return []
  const { properties = {}, required = [] } = write.inline(schema, 'input') as {
    properties?: Record<string, { description?: string }>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

const headerTexts = {
  'If-Match': 'the ETag of the version that the change was decided on; another one is 412',
  'Idempotency-Key': 'a text of your own, such as a UUID: with it the request acts once, however often it is sent',
  Prefer: '`return=minimal` leaves the body of the answer out',
} as const

const headers = ({ headers: names = [] }: Endpoint) =>
  names.map((name) => ({
    name,
    in: 'header',
    required: false,
    description: headerTexts[name],
    schema: { type: 'string' },
  }))

/** Writes zod schemas as JSON Schema 2020-12; named ones by reference. */
const schemaWriter = (named: Record<string, z.ZodType>) => {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id })
  const uri = (id: string) => `#/components/schemas/${id}`
  const inline = (schema: z.ZodType, io: 'input' | 'output') => {
    const {
      $schema: _s,
      $id: _i,
      ...written
    } = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      metadata: registry,
      uri,
      override: ({ jsonSchema }) => {
        // Zod writes each format as a pattern too.
        if (jsonSchema.format) delete jsonSchema.pattern
      },
    } as Parameters<typeof z.toJSONSchema>[1]) as Record<string, unknown>
    return written
  }
  const write = (schema: z.ZodType, io: 'input' | 'output'): object => {
    const id = registry.get(schema)?.id
    return id ? { $ref: uri(id) } : hoist(inline(schema, io))
  }
  /** Named schemas come as `$defs`: they are in `components` already. */
  const hoist = ({ $defs: _, ...schema }: Record<string, unknown>): object =>
    JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'))
  // A named schema is written as a reference to its definition.
  const definition = (id: string, schema: z.ZodType) => {
    const { $defs, ...whole } = inline(schema, 'output') as { $defs?: Record<string, Record<string, unknown>> }
    return hoist($defs?.[id] ?? whole)
  }
  const components = () => Object.fromEntries(Object.entries(named).map(([id, schema]) => [id, definition(id, schema)]))
  return Object.assign(write, { inline, components })
}
