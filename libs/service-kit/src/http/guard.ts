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
 * Lets only what the sidecar sends on its own: a delivery, or a question at its start, which has `sign`. A service
 * invocation arrives with a valid token too, and whoever reaches the sidecar's internal port chooses its headers, the
 * caller's name included. But the sidecar adds a trace context to every invocation, and to nothing that it sends on its
 * own (docs/dapr-behaviour.md).
 */
export const refuseInvocation = (headers: IncomingHttpHeaders, sign: { name: string; value?: string }): void => {
  const isInvocation = headers.traceparent !== undefined || headers['dapr-caller-app-id'] !== undefined
  const given = headers[sign.name]
  if (isInvocation || !given || (sign.value !== undefined && given !== sign.value)) {
    throw new Problem('forbidden', 'events come from the sidecar, not from other services')
  }
}

/**
 * Lets only one service through, by Dapr service invocation. When a service calls itself, its sidecar names no caller
 * (docs/dapr-behaviour.md).
 */
export const requireCaller = (
  headers: IncomingHttpHeaders,
  { service, caller, appApiToken }: { service: string; caller: string; appApiToken: string },
): void => {
  requireSidecar(headers, appApiToken)
  if ((headers['dapr-caller-app-id'] ?? service) !== caller)
    throw new Problem('forbidden', `only ${caller} may ask this`)
}
