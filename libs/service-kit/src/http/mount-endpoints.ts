import type { Express, RequestHandler } from 'express'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { AccessControl } from './access-control.ts'
import { answerEndpoint, parseBody } from './answer-endpoint.ts'
import type { Endpoint } from './endpoint.ts'
import { requireCaller } from './guard.ts'
import { createRefusalLog } from './log-refusals.ts'
import { Problem } from './problem.ts'
import { nameInLog, traceRequest } from './trace-request.ts'

/**
 * Mounts the endpoints of a service, literal paths before those with parameters. Returns how many requests have no
 * response yet; streams do not count.
 */
export const mountEndpoints = (
  app: Express,
  endpoints: Endpoint[],
  options: {
    service: string
    appApiToken: string
    accessControl: AccessControl | undefined
    log: Log
    metrics: Pick<Metrics, 'requestDuration'>
  },
): (() => number) => {
  const { service, appApiToken, accessControl, log, metrics } = options
  const logRefusal = createRefusalLog(log)
  let pending = 0

  const guard =
    (definition: Endpoint): RequestHandler =>
    ({ headers }, response, next) => {
      const { access, caller = 'chat-api', method, produces } = definition
      // Answers are personal, problems too, and caches must not store them: all but what anyone may read. An endpoint
      // may set another Cache-Control.
      if (access !== 'public' || method !== 'get') response.set('cache-control', 'no-store')
      if (access === 'mesh') {
        try {
          requireCaller(headers, { service, caller, appApiToken })
        } catch (error) {
          logRefusal(error, definition)
          throw error
        }
      }
      if (produces !== 'text/event-stream') {
        pending++
        response.once('close', () => pending--)
      }
      next()
    }
  const measure =
    ({ method, path }: Endpoint): RequestHandler =>
    (_request, response, next) => {
      const end = metrics.requestDuration.startTimer({ method, route: path })
      response.on('finish', () => end({ status: response.statusCode }))
      next()
    }

  const byPath = [...Map.groupBy(endpoints, ({ path }) => path)].sort(([a], [b]) => compareRoutes(a, b))
  for (const [path, definitions] of byPath) {
    for (const each of definitions) {
      const before = [guard(each), measure(each), traceRequest(each, log), ...parseBody(each), nameInLog]
      app[each.method](path, ...before, answerEndpoint(each, accessControl, logRefusal))
    }
    // Endpoints of the mesh do not reveal which methods exist.
    if (!accessControl || definitions.some(({ access }) => access === 'mesh')) continue
    const allow = definitions.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]))
    app.route(path).all((request, response) => {
      response.set('allow', allow.join(', '))
      if (request.method !== 'OPTIONS') throw new Problem('method-not-allowed', `use ${allow.join(', ')} here`)
      response.status(204).end()
    })
  }
  return () => pending
}

/** Express takes the first route that matches: /tasks/bulk must come before /tasks/:id. */
const compareRoutes = (a: string, b: string): number => {
  const [as, bs] = [a.split('/'), b.split('/')]
  for (let i = 0; i < Math.min(as.length, bs.length); i++) {
    const [left, right] = [as[i]!, bs[i]!]
    const [isLeftParameter, isRightParameter] = [left.includes(':'), right.includes(':')]
    if (isLeftParameter !== isRightParameter) return isLeftParameter ? 1 : -1
    if (!isLeftParameter && left !== right) return left < right ? -1 : 1
  }
  return as.length - bs.length
}
