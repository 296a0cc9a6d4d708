import { isUtf8 } from 'node:buffer'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { json, type Request, type RequestHandler, type Response, raw, text } from 'express'
import type { Origin } from '../origin.ts'
import type { AccessControl } from './access-control.ts'
import { type Answer, type Endpoint, readRequest } from './endpoint.ts'
import type { LogRefusal } from './log-refusals.ts'
import type { Principal } from './principal.ts'
import { Problem } from './problem.ts'
import { requireShallow } from './require-shallow.ts'
import { metadataOf, neededScope, requireScope } from './scopes.ts'

const maxBody = '1mb'
const jsonTypes = ['application/json', 'application/*+json']

/** Bytes that are not UTF-8 would be replaced silently, and with them what people wrote. */
const verify = (_request: unknown, _response: unknown, body: Buffer, encoding: string) => {
  if (encoding === 'utf-8' && !isUtf8(body)) throw new Error('not UTF-8')
}

const parseJson = json({ limit: maxBody, type: jsonTypes, verify })

/** How long the answer to a file may take, in ms. */
const fileTimeout = 600_000

/** Reads a JSON body. A file is read only once its sender is authenticated. */
export const parseBody = ({ file }: Endpoint): RequestHandler[] => (file ? [] : [parseJson])

const readFile = async (
  file: NonNullable<Endpoint['file']>,
  request: Request,
  response: Response,
): Promise<string | Buffer> => {
  const types = Object.keys(file.types)
  if (!request.is(types)) throw new Problem('unsupported-media-type', `send the file as ${types.join(', ')}`)
  const options = { limit: file.largest, type: types }
  const read = file.asBytes ? raw(options) : text({ ...options, verify })
  await new Promise<void>((resolve, reject) => {
    read(request, response, (error?: unknown) => (error ? reject(error) : resolve()))
  })
  return request.body
}

/** Answers a request: authenticates the caller, validates the parts, then calls the endpoint's `handle`. */
export const answerEndpoint =
  (definition: Endpoint, accessControl: AccessControl | undefined, logRefusal: LogRefusal): RequestHandler =>
  async (request, response) => {
    const requestOrigin = response.locals.origin as Origin
    // Only the public service: all others are called by sidecars.
    const origin = accessControl && request.ip ? { ...requestOrigin, clientaddress: request.ip } : requestOrigin
    const user = await userOf(definition, request, accessControl)
    const noticeRefusal = (error: unknown): never => {
      logRefusal(error, definition, user?.user_id)
      throw error
    }
    if (user) await requireAccess(definition, user).catch(noticeRefusal)
    if (user && accessControl) response.set(await accessControl.countRequest(user, 1))
    const hasBody =
      Number(request.headers['content-length'] ?? 0) > 0 || request.headers['transfer-encoding'] !== undefined
    if (definition.body && !definition.file && hasBody && !request.is(jsonTypes)) {
      throw new Problem('unsupported-media-type', 'send the body as application/json')
    }
    // Left before the response is sent: whoever has it may send the next file.
    const leave = user && (await definition.file?.admit?.(user))
    const answer = await handleRequest(definition, accessControl, { request, response, user, origin, hasBody })
      .catch(noticeRefusal)
      .finally(leave)
    response.status(answer.status).set(answer.headers ?? {})
    if (answer.body === undefined) response.end()
    // Streamed; ends when the client disconnects.
    else if (answer.body instanceof Readable) {
      response.flushHeaders()
      await pipeline(answer.body, response).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
      })
    }
    // Text with a content type of its own, such as a page.
    else if (typeof answer.body === 'string' && response.get('content-type')) response.send(answer.body)
    else response.json(answer.body)
  }

const handleRequest = async (
  definition: Endpoint,
  accessControl: AccessControl | undefined,
  context: { request: Request; response: Response; user: Principal | undefined; origin: Origin; hasBody: boolean },
): Promise<Answer> => {
  const { request, response, user, origin, hasBody } = context
  const body = definition.file && hasBody ? await readFile(definition.file, request, response) : request.body
  // Handling a large file on a busy machine takes longer than a connection may stand still.
  if (definition.file) request.socket.setTimeout(fileTimeout)
  if (!definition.file) requireShallow(body)
  const { params, query } = request
  const parts = readRequest(definition, { params, query, body, hasBody })
  const cost = definition.cost?.(parts.body) ?? 1
  if (user && accessControl && cost > 1) response.set(await accessControl.countRequest(user, cost - 1))
  const usesRole = definition.access === 'admin' || definition.isAdminUse?.(parts.query)
  // By role or by scope: neither alone may go unrecorded.
  if (accessControl && usesRole && user && (user.role === 'admin' || user.scopes.includes('admin'))) {
    await accessControl.recordAdminUse({
      user_id: user.user_id,
      operation: `${definition.method.toUpperCase()} ${definition.path}`,
      given: { ...(parts.params as object), ...(parts.query as object), ...(parts.body as object) },
      address: request.ip ?? '',
      origin,
      isWatched: definition.isWatched ?? false,
    })
  }
  return definition.handle({
    ...parts,
    user,
    headers: request.headers,
    address: request.ip ?? '',
    origin,
    signal: signalOf(response),
  } as never)
}

const signalOf = (response: Response): AbortSignal => {
  const gone = new AbortController()
  if (response.destroyed) gone.abort()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  return gone.signal
}

const userOf = async (definition: Endpoint, request: Request, accessControl: AccessControl | undefined) => {
  const { access, resource } = definition
  if (access === 'mesh') return undefined
  if (access === 'public') {
    await accessControl?.countAnonymous(request.ip ?? '')
    return undefined
  }
  if (!accessControl) throw new Error(`${definition.path} is for users, and this service knows none`)
  const { authorization } = request.headers
  const user = await accessControl.authenticate(authorization, resource?.id).catch(async (error: unknown) => {
    await accessControl.countAnonymous(request.ip ?? '')
    if (resource && error instanceof Problem) {
      error.headers['www-authenticate'] += `, ${metadataOf(resource)}, scope="${resource.scopes.join(' ')}"`
    }
    throw error
  })
  return user
}

/** Whether the endpoint is for this caller. Problem 403. */
const requireAccess = async (definition: Endpoint, user: Principal): Promise<void> => {
  const { access, resource } = definition
  if (access === 'admin' && user.role !== 'admin') throw new Problem('forbidden', 'this needs the admin role')
  if (access !== 'person') requireScope(user, neededScope(definition), resource)
  else if (user.session_id === undefined) {
    throw new Problem('forbidden', 'this is for a person who has signed in: an API token may not do it')
  }
}
