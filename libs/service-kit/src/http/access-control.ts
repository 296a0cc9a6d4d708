import type { Origin } from '../origin.ts'
import type { Principal } from './principal.ts'

/** How a service knows its users. */
export interface AccessControl {
  /** Who makes a request. `resource` is the address that access tokens of apps must be for. Problem 401. */
  authenticate: (authorization: string | undefined, resource?: string) => Promise<Principal>
  /** Counts a request of a user, as so many as its `cost`, and returns its RateLimit fields. Problem 429. */
  countRequest: (user: Principal, cost: number) => Promise<Record<string, string>>
  /** Counts a request without a user by the client's address: to a public endpoint, or with a bad token. Problem 429. */
  countAnonymous: (address: string) => Promise<Record<string, string>>
  /** Records that an admin uses the role, before the request is carried out: it fails if this fails. */
  recordAdminUse: (use: AdminUse) => Promise<void>
  /** Proxies in front of the service: the client's address is what the outermost of them reports. */
  trustedProxies: number
}

/** A request that an admin makes by virtue of the role. */
export interface AdminUse {
  user_id: string
  /** Method and route. */
  operation: string
  /** Parts of path, query and body, by name. */
  given: Record<string, unknown>
  address: string
  origin: Origin
  /** The request is a poll of a page that shows a state. */
  isWatched: boolean
}
