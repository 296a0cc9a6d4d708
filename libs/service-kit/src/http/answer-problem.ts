import type { ErrorRequestHandler } from 'express'
import type { Log } from '../log.ts'
import { type Origin, traceIdOf } from '../origin.ts'
import { Problem } from './problem.ts'

/** The one place where errors become responses: a 4xx says what is wrong, a 5xx reveals nothing internal. */
export const answerProblem =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, request, response, _next) => {
    const problem = problemOf(error)
    if (problem.status >= 500) {
      const { traceparent, correlationid } = response.locals.origin as Origin
      log.error('a request failed', {
        path: request.path,
        trace_id: traceIdOf(traceparent),
        correlation_id: correlationid,
        error: problem.cause ?? error,
      })
    }
    if (response.headersSent) return void response.destroy()
    response
      .status(problem.status)
      .set(problem.headers)
      .type('application/problem+json')
      .send(JSON.stringify(problem.body()))
  }

/** The problem that the caller gets: a Problem as it is, errors of body parsing by name, anything else as internal. */
const problemOf = (error: unknown): Problem => {
  if (error instanceof Problem) return error
  const type = error instanceof Error && 'type' in error ? error.type : undefined
  const options = { cause: error }
  switch (type) {
    case 'entity.parse.failed':
      return new Problem('not-json', 'the body is not valid JSON', options)
    case 'entity.too.large':
      return new Problem('too-large', `the body is larger than ${sizeOf(error)}`, options)
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new Problem('unsupported-media-type', 'send the body as UTF-8 JSON, plain or gzip', options)
    case 'entity.verify.failed':
      return new Problem('not-json', 'the body is not valid UTF-8', options)
  }
  if (error instanceof URIError) return new Problem('not-found', 'the address is malformed', options)
  // Other errors of body parsing: the body ends too early, or has another encoding than declared.
  if (error instanceof Error && 'status' in error && error.status === 400)
    return new Problem('malformed', 'the body cannot be read as it was sent; check its length and encoding', options)
  return new Problem('internal', 'something went wrong on our side; try again, and report it if it stays', options)
}

/** The limit of the body parser, in whole MiB. */
const sizeOf = (error: unknown): string => `${Math.floor(Number((error as { limit?: unknown }).limit) / 1_048_576)} MiB`
