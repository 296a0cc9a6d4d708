import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Problem } from './problem.ts'

const equal = (given: unknown, expected: string): boolean => {
  const [a, b] = [Buffer.from(String(given ?? '')), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Whether the own sidecar asks: it alone knows APP_API_TOKEN. */
export const isSidecar = (headers: IncomingHttpHeaders, appApiToken: string): boolean =>
  equal(headers['dapr-api-token'], appApiToken)

/** Lets only the own sidecar through. */
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

/** The public door, the only service that asks others. */
const door = 'chat-api'

/**
 * Lets only chat-api through, by Dapr service invocation: no other service asks anybody anything. When chat-api asks
 * itself, its sidecar names no caller (measured with daprd 1.18.2).
 */
export const requireDoor = (headers: IncomingHttpHeaders, service: string, appApiToken: string): void => {
  requireSidecar(headers, appApiToken)
  const caller = headers['dapr-caller-app-id'] ?? (service === door ? door : undefined)
  if (caller !== door) throw new Problem('forbidden', `only ${door} may ask this`)
}
