import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Problem } from './problem.ts'

const equal = (given: unknown, expected: string): boolean => {
  const [a, b] = [Buffer.from(String(given ?? '')), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Whether the request comes from the service's own sidecar: it alone knows APP_API_TOKEN. */
export const isSidecar = (headers: IncomingHttpHeaders, appApiToken: string): boolean =>
  equal(headers['dapr-api-token'], appApiToken)

/** Lets only the service's own sidecar through. */
export const requireSidecar = (headers: IncomingHttpHeaders, appApiToken: string): void => {
  if (!isSidecar(headers, appApiToken)) {
    throw new Problem('unauthorized', 'this address is for the Dapr sidecar of this service only')
  }
}

/**
 * Refuses calls of other apps: an invocation through Dapr arrives with a valid token, but must not reach the routes
 * of events or subscriptions.
 */
export const refuseInvocation = (headers: IncomingHttpHeaders): void => {
  if (headers['dapr-caller-app-id'] !== undefined) {
    throw new Problem('forbidden', 'events come from the sidecar, not from other services')
  }
}

/** The only service that calls others. */
const gateway = 'chat-api'

/**
 * Lets only chat-api through, by Dapr service invocation. When chat-api calls itself, its sidecar names no caller
 * (docs/dapr-behaviour.md).
 */
export const requireGateway = (headers: IncomingHttpHeaders, service: string, appApiToken: string): void => {
  requireSidecar(headers, appApiToken)
  const caller = headers['dapr-caller-app-id'] ?? (service === gateway ? gateway : undefined)
  if (caller !== gateway) throw new Problem('forbidden', `only ${gateway} may ask this`)
}
