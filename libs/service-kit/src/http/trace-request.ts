import type { RequestHandler } from 'express'
import type { Span } from '../tracing/tracing.ts'
import type { Endpoint } from './endpoint.ts'

/** Ends the span of a request to an endpoint with the answer. The route is told, never the path: a path may hold a token. */
export const traceRequest = (endpoint: Pick<Endpoint, 'method' | 'path'>): RequestHandler => {
  const [method, route] = [endpoint.method.toUpperCase(), endpoint.path]
  return (_request, response, next) => {
    const span = response.locals.span as Span
    span.rename(`${method} ${route}`)
    span.set({ 'http.request.method': method, 'http.route': route })
    response.once('close', () => {
      const { statusCode } = response
      span.set({ 'http.response.status_code': statusCode })
      span.end({ error: statusCode >= 500 ? String(statusCode) : undefined })
    })
    next()
  }
}
