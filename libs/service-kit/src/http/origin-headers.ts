import type { RequestHandler } from 'express'
import { type Origin, rootOrigin } from '../origin.ts'
import type { Tracing } from '../tracing/tracing.ts'
import { isSidecar } from './guard.ts'

/**
 * Sets the origin of a request: in `response.locals.origin` and in the response headers. Its span starts here and is
 * exported if an endpoint ends it.
 */
export const setOrigin =
  (tracing: Tracing, appApiToken: string): RequestHandler =>
  ({ headers, method }, response, next) => {
    const given = headers.traceparent as string | undefined
    const cause = isSidecar(headers, appApiToken) ? given : tracing.admit(given)
    const span = tracing.start(method, { kind: 'server', causes: [cause] })
    const origin = rootOrigin({
      correlationid: correlationOf(headers['x-correlation-id']),
      traceparent: span.traceparent,
    })
    response.locals.span = span
    response.locals.origin = origin
    response.set(originHeaders(origin))
    next()
  }

/**
 * Headers of every response: `x-correlation-id`, as in logs and events, and the trace. `traceparent` is for requests;
 * that of responses is `traceresponse` (W3C Trace Context Level 3, draft).
 */
export const originHeaders = ({ correlationid, traceparent }: Origin) => ({
  'x-correlation-id': correlationid,
  traceresponse: traceparent,
})

const correlationOf = (given: string | string[] | undefined): string | undefined =>
  typeof given === 'string' && given.length > 0 && given.length <= 200 ? given : undefined
