import type { RequestHandler, Response } from 'express'
import { type Log, loggedWith } from '../log.ts'
import { type Origin, traceIdOf } from '../origin.ts'
import type { Span } from '../tracing/tracing.ts'

/** Ends the span of a request with its response. It names the route, never the path, which may hold a token. */
export const traceRequest = (endpoint: { method: string; path: string }, log: Log): RequestHandler => {
  const [method, route] = [endpoint.method.toUpperCase(), endpoint.path]
  return (_request, response, next) => {
    const span = response.locals.span as Span
    span.rename(`${method} ${route}`)
    span.set({ 'http.request.method': method, 'http.route': route })
    response.once('close', () => {
      const { statusCode: status } = response
      span.set({ 'http.response.status_code': status })
      span.end({ error: status >= 500 ? String(status) : undefined })
      log.debug('a request was answered', { ...idsOf(response), method, route, status })
    })
    next()
  }
}

/** Adds the request's ids to every line logged from here on. Comes after reading the body, which would lose them. */
export const nameInLog: RequestHandler = (_request, response, next) => loggedWith(idsOf(response), next)

const idsOf = ({ locals }: Response) => {
  const { traceparent, correlationid } = locals.origin as Origin
  return { trace_id: traceIdOf(traceparent), correlation_id: correlationid }
}
