import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Express } from 'express'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { nameInLog, traceRequest } from './trace-request.ts'

/** Routes of a protocol that a library serves: it reads the bodies, and its errors are those of the protocol. */
export interface ProtocolRoutes {
  /** The route of a path, such as /oauth/auth/:uid; undefined for a path that is not of the protocol. */
  routeOf: (path: string) => string | undefined
  /** Answers a request; `address` is the client's. */
  serve: (request: IncomingMessage, response: ServerResponse, address: string) => Promise<void>
}

/** Mounts them before all endpoints, and so before anything that reads a body. */
export const mountProtocol = (
  app: Express,
  { routeOf, serve }: ProtocolRoutes,
  { log, metrics }: { log: Log; metrics: Pick<Metrics, 'requestDuration'> },
): void => {
  app.use((request, response, next) => {
    const path = routeOf(request.path)
    if (path === undefined) return next()
    const method = request.method.toLowerCase()
    const end = metrics.requestDuration.startTimer({ method, route: path })
    response.on('finish', () => end({ status: response.statusCode }))
    traceRequest({ method, path }, log)(request, response, () =>
      nameInLog(request, response, () => void serve(request, response, request.ip ?? '').catch(next)),
    )
  })
}
