import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import type { Origin } from '../origin.ts'
import type { Person, Principal, Scope } from './principal.ts'
import { type FieldError, Problem } from './problem.ts'

/**
 * Who may call an endpoint: anyone; a user, signed in or with an API token of the right scope; only a person who has
 * signed in; an operator; or other services of the mesh, through Dapr service invocation only.
 */
export type Access = 'public' | 'user' | 'person' | 'admin' | 'mesh'

export interface Answer {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

/** A request whose parts have passed the endpoint's schemas. */
export interface EndpointRequest<A extends Access, Params, Query, Body> {
  params: Params
  query: Query
  body: Body
  user: A extends 'person' ? Person : A extends 'user' | 'admin' ? Principal : undefined
  headers: IncomingHttpHeaders
  /** The client's network address. */
  address: string
  origin: Origin
  /** Aborted when the client is gone before it has its whole answer. */
  signal: AbortSignal
}

/** One endpoint: the schemas that validate are those that document. */
export interface Endpoint<A extends Access = Access, Params = unknown, Query = unknown, Body = unknown> {
  method: 'get' | 'post' | 'patch' | 'put' | 'delete'
  /** Express path, such as /api/v1/tasks/:id */
  path: string
  summary: string
  access: A
  /** What an API token must be allowed to do; without it `tasks:read` for GET and `tasks:write` for the rest. */
  scope?: Scope
  /** What the challenge of a 401 says beside the scheme, such as where the resource is described (RFC 9728). */
  challenge?: string
  params?: z.ZodType<Params>
  query?: z.ZodType<Query>
  body?: z.ZodType<Body>
  /** An example of a body, for its description. */
  example?: unknown
  /** Takes a file instead of JSON: `body` is its text, no larger than this and of a media type that has a schema here. */
  file?: { types: Record<string, z.ZodType>; largest: string }
  /** Request headers that it takes notice of, for its description. */
  headers?: ('If-Match' | 'Idempotency-Key' | 'Prefer')[]
  /** The media type of its answer, unless it is application/json. */
  produces?: string
  /** Statuses of problems that its kind of endpoint does not have by itself, for its description. */
  problems?: number[]
  /** Whether an admin asks for what only the role allows, where others may ask for less; such a use is audited. */
  isAdminUse?(query: Query): boolean
  /** A state that pages watch by asking again and again: the same admin asking for the same is audited once for a while. */
  isWatched?: boolean
  /** The answers by status: a schema of the body, or of each media type that it may have; null when there is no body. */
  answers: Record<number, z.ZodType | Record<string, z.ZodType> | null>
  handle(request: EndpointRequest<A, Params, Query, Body>): Promise<Answer>
}

/** Keeps the types of an endpoint's parts together. */
export const endpoint = <A extends Access, Params = undefined, Query = undefined, Body = undefined>(
  definition: Endpoint<A, Params, Query, Body>,
): Endpoint => definition as unknown as Endpoint

/** Checks the parts of a request. A path that does not fit is unknown (404), the rest is 422 with every field named. */
export const readRequest = (
  definition: Endpoint,
  request: { params: unknown; query: unknown; body: unknown; hasBody: boolean },
) => {
  const params = definition.params?.safeParse(request.params)
  if (params && !params.success) throw new Problem('not-found', 'there is nothing at this address')
  const query = (definition.query ?? noQuery).safeParse(request.query)
  const body = definition.body?.safeParse(request.hasBody ? request.body : {})
  const errors = [...fieldErrors(query.error), ...fieldErrors(body?.error)]
  if (errors.length > 0) throw invalidFields(errors)
  return { params: params?.data, query: query.data, body: body?.data }
}

/** A value as its schema has it. Problem 422 with every field named. */
export const readValue = <Value>(schema: z.ZodType<Value>, value: unknown): Value => {
  const { success, data, error } = schema.safeParse(value)
  if (!success) throw invalidFields(fieldErrors(error))
  return data
}

const invalidFields = (errors: FieldError[]): Problem =>
  new Problem('invalid', errors.map(({ path, message }) => `${path}: ${message}`).join('; '), { errors })

const noQuery = z.strictObject({})

const fieldErrors = (error: z.ZodError | undefined): FieldError[] =>
  (error?.issues ?? [])
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'is not a known field' }))
        : [{ path: issue.path.join('.') || 'body', message: issue.message }],
    )
    .slice(0, 20)
