import { z } from 'zod'
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi'
import type { Endpoint } from './endpoint.ts'
import { problem } from './problem.ts'
import { neededScope } from './scopes.ts'

export interface OpenApiOptions {
  title: string
  version: string
  description: string
}

/**
 * The OpenAPI 3.1 document of endpoints: the schemas that validate are those that document, and one that has a name
 * (`.meta({ id: 'Task' })`) is referred to by it. Mesh endpoints are left out.
 */
export const openApiDocument = (endpoints: Endpoint[], info: OpenApiOptions) => {
  const paths: ZodOpenApiPathsObject = {}
  for (const endpoint of endpoints) {
    if (endpoint.access === 'mesh') continue
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method]: operation(endpoint) }
  }
  return createDocument(
    {
      openapi: '3.1.0',
      info: { ...info, license: { name: 'MIT', identifier: 'MIT' } },
      servers: [{ url: '/' }],
      paths,
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'the token of a login, or an API token that has the scope which the operation names',
          },
        },
      },
    },
    {
      override: ({ jsonSchema }) => {
        // Zod writes each format as a pattern too.
        if (jsonSchema.format) delete jsonSchema.pattern
      },
    },
  )
}

const operation = (endpoint: Endpoint): ZodOpenApiOperationObject => {
  const { method, path, summary, access, params, query } = endpoint
  const name = path
    .replace(/^\/api\/v1/, '')
    .replaceAll(/[/\-_.]+:?(\w)/g, (_, letter: string) => letter.toUpperCase())
    .replaceAll(/\W/g, '')
  return {
    operationId: `${method}${name}`,
    tags: path
      .split('/')
      .filter((part) => !['', 'api', 'v1'].includes(part))
      .slice(0, 1),
    summary,
    ...(access === 'public' ? { security: [] } : { security: [{ bearer: [] }], description: needs(endpoint) }),
    requestParams: { ...(params && { path: params as z.ZodObject }), ...(query && { query: query as z.ZodObject }) },
    parameters: headers(endpoint),
    ...(endpoint.body && { requestBody: requestBody(endpoint, endpoint.body) }),
    responses: { ...answers(endpoint), ...problemAnswers(endpoint) },
  }
}

const requestBody = ({ file, example }: Endpoint, body: z.ZodType) => ({
  required: !body.safeParse({}).success,
  content: contents(file?.types ?? { 'application/json': body }, example),
})

const answers = ({ answers, produces }: Endpoint): ZodOpenApiResponsesObject =>
  Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => [
      status,
      {
        description: answerTexts[status] ?? 'Done',
        ...(schema && { content: contents(byType(schema, produces)) }),
      },
    ]),
  )

/** A stream is described by its events. */
const serverSentEvent = z
  .object({ id: z.string().optional(), event: z.string().optional(), data: z.string() })
  .meta({ id: 'ServerSentEvent' })

const byType = (schema: z.ZodType | Record<string, z.ZodType>, type = 'application/json') => {
  if (!(schema instanceof z.ZodType)) return schema
  return { [type]: type === 'text/event-stream' ? serverSentEvent : schema }
}

const contents = (types: Record<string, z.ZodType>, example?: unknown) =>
  Object.fromEntries(
    Object.entries(types).map(([type, schema]) => [type, { schema, ...(example !== undefined && { example }) }]),
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
const problemAnswers = (endpoint: Endpoint): ZodOpenApiResponsesObject => {
  const { access, params, body, method, produces, problems = [] } = endpoint
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
          description: problemTexts[status]!,
          content: {
            'application/problem+json': { schema: problem },
            // A page for people says in its own words what is wrong.
            ...(produces === 'text/html' && { 'text/html': { schema: z.string() } }),
          },
        },
      ]),
  )
}

const headerTexts = {
  'If-Match': 'the ETag of the version that the change was decided on; another one is 412',
  'Idempotency-Key': 'a text of your own, such as a UUID: with it the request acts once, however often it is sent',
  Prefer: '`return=minimal` leaves the body of the answer out',
} as const

const headers = ({ headers: names = [] }: Endpoint) =>
  names.map((name) => ({
    name,
    in: 'header' as const,
    required: false,
    description: headerTexts[name],
    schema: { type: 'string' as const },
  }))
