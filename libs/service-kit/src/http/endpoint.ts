import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import type { Origin } from '../origin.ts'
import type { ServiceName } from '../services.ts'
import type { Person, Principal, Scope } from './principal.ts'
import { type FieldError, Problem } from './problem.ts'

/**
 * Who may call an endpoint: anyone; a user, signed in or with an API token of the right scope; only a signed-in person;
 * an operator; or another service, through Dapr service invocation.
 */
export type Access = 'public' | 'user' | 'person' | 'admin' | 'mesh'

/** What an app asks access for. Its challenges name `metadata`, where it is described (RFC 9728). */
export interface Resource {
  id: string
  metadata: string
  scopes: Scope[]
}

export interface Answer {
  status: number
  body?: unknown
  headers?: Record<string, string | string[]>
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
  /** Aborted when the client disconnects before it has the whole response. */
  signal: AbortSignal
}

/** An endpoint: the same schemas validate and document it. */
export interface Endpoint<A extends Access = Access, Params = unknown, Query = unknown, Body = unknown> {
  method: 'get' | 'post' | 'patch' | 'put' | 'delete'
  /** Express path, such as /api/v1/tasks/:id */
  path: string
  summary: string
  access: A
  /** Of an endpoint of the mesh: which service may call it; by default chat-api. */
  caller?: ServiceName
  /** The scope that an API token needs; by default `tasks:read` for GET and `tasks:write` for the rest. */
  scope?: Scope
  /** Accepts access tokens of apps for this resource (RFC 8707), and no tokens of a login. */
  resource?: Resource
  params?: z.ZodType<Params>
  query?: z.ZodType<Query>
  body?: z.ZodType<Body>
  /** An example of a body, for the documentation. */
  example?: unknown
  /** Accepts a file instead of JSON: `body` is its text, up to `largest`, of one of the media types in `types`. */
  file?: {
    types: Record<string, z.ZodType>
    largest: string
    /** `body` is its bytes instead: in which encoding they are is for the endpoint to find out. */
    asBytes?: true
    /**
     * Decides, before anything of the file is read, whether the caller may send one now. What it returns is called
     * after the response.
     */
    admit?: (user: Principal) => Promise<() => Promise<void>>
  }
  /** How many requests it counts as, for what its body asks for; by default one. */
  cost?(body: Body): number
  /** Request headers that it reads, for the documentation. */
  headers?: ('If-Match' | 'Idempotency-Key' | 'Prefer')[]
  /** The media type of its response; by default application/json. */
  produces?: string
  /** Statuses of problems that not every endpoint of its kind has, for the documentation. */
  problems?: number[]
  /** Whether this query needs the admin role, on an endpoint that others may use too; such a use is audited. */
  isAdminUse?(query: Query): boolean
  /** Pages poll it: repeated requests of one admin are audited once for a while. */
  isWatched?: boolean
  /** Responses by status: a schema of the body, or one for each media type; null when there is no body. */
  answers: Record<number, z.ZodType | Record<string, z.ZodType> | null>
  handle(request: EndpointRequest<A, Params, Query, Body>): Promise<Answer>
}

/** Infers the types of an endpoint's parts from its schemas. */
export const endpoint = <A extends Access, Params = undefined, Query = undefined, Body = undefined>(
  definition: Endpoint<A, Params, Query, Body>,
): Endpoint => definition as unknown as Endpoint

/** Validates the parts of a request: 404 for the path, 422 with all invalid fields for the rest. */
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

/** Parses a value. Problem 422 with all invalid fields. */
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
