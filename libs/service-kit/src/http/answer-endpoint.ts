import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { json, type Request, type RequestHandler, type Response, text } from 'express'
import { type Origin, rootOrigin } from '../origin.ts'
import { type Endpoint, type Principal, readRequest } from './endpoint.ts'
import { Problem } from './problem.ts'
import { neededScope, requireScope } from './scopes.ts'

const largestBody = '1mb'
const jsonTypes = ['application/json', 'application/*+json']

const parseJson = json({ limit: largestBody, type: jsonTypes })

/** Reads a JSON body. A file waits until it is known who sends it. */
export const parseBody = ({ file }: Endpoint): RequestHandler[] => (file ? [] : [parseJson])

const readFile = async (
  { types, largest }: NonNullable<Endpoint['file']>,
  request: Request,
  response: Response,
): Promise<string> => {
  if (!request.is(types)) throw new Problem('unsupported-media-type', `send the file as ${types.join(', ')}`)
  const read = text({ limit: largest, type: types })
  await new Promise<void>((resolve, reject) => {
    read(request, response, (error?: unknown) => (error ? reject(error) : resolve()))
  })
  return request.body
}

/** What an admin asks for. */
export interface AdminUse {
  user_id: string
  /** Method and route. */
  operation: string
  /** Parts of path, query and body, by name. */
  given: Record<string, unknown>
  address: string
  origin: Origin
}

/** How a service knows its users. */
export interface Door {
  /** Tells who makes a request. Problem 401. */
  authenticate: (authorization: string | undefined) => Promise<Principal>
  /** Counts a request of a user and answers its RateLimit fields. Problem 429. */
  countRequest: (user: Principal) => Record<string, string>
  /** Writes down that an admin uses the role, before it is done: what cannot be recorded is not done. */
  recordAdminUse: (use: AdminUse) => Promise<void>
  /** How many proxies stand before the service: the client's address is what the outermost of them says. */
  trustedProxies: number
}

/** Answers a request by an endpoint: who asks, what is asked, then its `handle`. */
export const answerEndpoint =
  (definition: Endpoint, door: Door | undefined): RequestHandler =>
  async (request, response) => {
    const origin = rootOrigin({
      ...given('correlationid', request.headers['x-correlation-id']),
      ...given('traceparent', request.headers.traceparent),
    })
    response.locals.origin = origin
    response.set('x-correlation-id', origin.correlationid)
    const user = await userOf(definition, request, door)
    if (user && door) response.set(door.countRequest(user))
    const hasBody =
      Number(request.headers['content-length'] ?? 0) > 0 || request.headers['transfer-encoding'] !== undefined
    if (definition.body && !definition.file && hasBody && !request.is(jsonTypes)) {
      throw new Problem('unsupported-media-type', 'send the body as application/json')
    }
    const body = definition.file && hasBody ? await readFile(definition.file, request, response) : request.body
    const { params, query } = request
    const parts = readRequest(definition, { params, query, body, hasBody })
    const usesRole = definition.access === 'admin' || definition.isAdminUse?.(parts.query)
    if (door && user?.role === 'admin' && usesRole) {
      await door.recordAdminUse({
        user_id: user.user_id,
        operation: `${definition.method.toUpperCase()} ${definition.path}`,
        given: { ...(parts.params as object), ...(parts.query as object), ...(parts.body as object) },
        address: request.ip ?? '',
        origin,
      })
    }
    const answer = await definition.handle({
      ...parts,
      user,
      headers: request.headers,
      address: request.ip ?? '',
      origin,
    } as never)
    response.status(answer.status).set(answer.headers ?? {})
    if (answer.body === undefined) response.end()
    // Goes out as it comes; a client that is gone ends it.
    else if (answer.body instanceof Readable) {
      response.flushHeaders()
      await pipeline(answer.body, response).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
      })
    }
    // A text with a content type of its own, such as a page.
    else if (typeof answer.body === 'string' && response.get('content-type')) response.send(answer.body)
    else response.json(answer.body)
  }

const userOf = async (definition: Endpoint, request: Request, door: Door | undefined) => {
  const { access } = definition
  if (access === 'public' || access === 'mesh') return undefined
  if (!door) throw new Error(`${definition.path} is for users, and this service knows none`)
  const user = await door.authenticate(request.headers.authorization)
  if (access === 'admin' && user.role !== 'admin') throw new Problem('forbidden', 'this needs the admin role')
  if (access !== 'person') requireScope(user, neededScope(definition))
  else if (user.session_id === undefined) {
    throw new Problem('forbidden', 'this is for a person who has signed in: an API token may not do it')
  }
  return user
}

const given = <Name extends string>(name: Name, value: string | string[] | undefined): { [N in Name]?: string } =>
  typeof value === 'string' && value.length > 0 && value.length <= 200
    ? ({ [name]: value } as { [N in Name]: string })
    : {}
