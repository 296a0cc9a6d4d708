import createClient from 'openapi-fetch'
import type { paths } from './openapi.d.ts'
import { ApiProblem, Unreachable } from './problems.ts'

const timeout = 30_000

/** Sends a request. Throws ApiProblem when the answer is a problem, Unreachable when there is none. */
export const send = async (request: Request): Promise<Response> => {
  let answer: Response
  try {
    answer = await fetch(request)
  } catch (error) {
    const { aborted, reason } = request.signal
    const isOurs = aborted && !(reason instanceof DOMException && reason.name === 'TimeoutError')
    throw isOurs ? error : new Unreachable('no answer came', { cause: error })
  }
  if (answer.ok) return answer
  const problem = await answer.json().catch(() => ({}))
  throw new ApiProblem(answer.status, problem.detail ?? `the answer was ${answer.status}`, problem.errors)
}

/** The API, typed by its OpenAPI document. `sendRequest` throws unless the answer is a success. */
export const createApi = (sendRequest: (request: Request) => Promise<Response>) => {
  const api = createClient<paths>({ baseUrl: '/api/v1', fetch: sendRequest })
  // JSON must arrive within the timeout, as a whole. A stream or a file may take longer.
  api.use({
    onRequest: ({ request, options }) =>
      options.parseAs === 'json'
        ? new Request(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeout)]) })
        : undefined,
    onResponse: async ({ response, options }) => {
      if (options.parseAs !== 'json' || response.status === 204) return undefined
      const text = await response.text().catch((error) => {
        throw new Unreachable('the answer broke off', { cause: error })
      })
      return new Response(text, response)
    },
  })
  return api
}

/** The query parameters of a list. Read from an address, they may have values that the API refuses (422). */
export type QueryOf<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Query } } }
  ? NonNullable<Query>
  : never

/** The body of a POST request. */
export type BodyOf<Path extends keyof paths> = paths[Path] extends {
  post: { requestBody: { content: { 'application/json': infer Body } } }
}
  ? Body
  : never

/** The API, for those who are not signed in. The header has the refresh token kept in a cookie. */
export const publicApi = createApi((request) => {
  request.headers.set('x-refresh-token', 'cookie')
  return send(request)
})

/** The body of an answer. */
export const bodyOf = async <Body>(answer: Promise<{ data?: Body }>): Promise<Body> => {
  const { data } = await answer
  // Only a success gets here, so the body is what the document says.
  return data as Body
}
