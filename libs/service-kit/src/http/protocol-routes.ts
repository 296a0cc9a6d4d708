import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Express } from 'express'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Origin } from '../origin.ts'
import { nameInLog, traceRequest } from './trace-request.ts'

/** Routes of a protocol that a library serves: it reads the bodies, and its errors are those of the protocol. */
export interface ProtocolRoutes {
  /** The route of a path, such as /oauth/auth/:uid; undefined for a path that is not of the protocol. */
  routeOf: (path: string) => string | undefined
  /** Answers a request; `origin` has the client's address. */
  serve: (request: IncomingMessage, response: ServerResponse, origin: Origin) => Promise<void>
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
      nameInLog(request, response, () => {
        const origin = { ...(response.locals.origin as Origin), clientaddress: request.ip ?? '' }
        serve(request, response, origin).catch(next)
      }),
    )
  })
}
