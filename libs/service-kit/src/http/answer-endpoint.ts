import { json, type Request, type RequestHandler } from 'express'
import { rootOrigin } from '../origin.ts'
import { type Endpoint, type Principal, readRequest } from './endpoint.ts'
import { Problem } from './problem.ts'

export const largestBody = '1mb'
const jsonTypes = ['application/json', 'application/*+json']

export const parseBody = json({ limit: largestBody, type: jsonTypes })

export type Authenticate = (authorization: string | undefined) => Promise<Principal>

/** Answers a request by an endpoint: who asks, what is asked, then its `handle`. */
export const answerEndpoint =
  (definition: Endpoint, authenticate: Authenticate | undefined): RequestHandler =>
  async (request, response) => {
    const origin = rootOrigin({
      ...given('correlationid', request.headers['x-correlation-id']),
      ...given('traceparent', request.headers.traceparent),
    })
    response.locals.origin = origin
    response.set('x-correlation-id', origin.correlationid)
    const user = await userOf(definition, request, authenticate)
    const hasBody =
      Number(request.headers['content-length'] ?? 0) > 0 || request.headers['transfer-encoding'] !== undefined
    if (definition.body && hasBody && !request.is(jsonTypes)) {
      throw new Problem('unsupported-media-type', 'send the body as application/json')
    }
    const { params, query, body } = request
    const parts = readRequest(definition, { params, query, body, hasBody })
    const answer = await definition.handle({ ...parts, user, headers: request.headers, origin } as never)
    response.status(answer.status).set(answer.headers ?? {})
    if (answer.body === undefined) response.end()
    // A text with a content type of its own, such as a page.
    else if (typeof answer.body === 'string' && response.get('content-type')) response.send(answer.body)
    else response.json(answer.body)
  }

const userOf = async ({ access }: Endpoint, request: Request, authenticate: Authenticate | undefined) => {
  if (access !== 'user' && access !== 'admin') return undefined
  const user = await authenticate?.(request.headers.authorization)
  if (access === 'admin' && user?.role !== 'admin') {
    throw new Problem('forbidden', 'this needs the admin role')
  }
  return user
}

const given = <Name extends string>(name: Name, value: string | string[] | undefined): { [N in Name]?: string } =>
  typeof value === 'string' && value.length > 0 && value.length <= 200
    ? ({ [name]: value } as { [N in Name]: string })
    : {}
