import { Problem } from './problem.ts'

/** The state of a rate limit. */
export interface RateLimit {
  /** What is limited, such as "login". */
  name: string
  /** Requests allowed in a window. */
  allowed: number
  windowSeconds: number
  remaining: number
  /** Seconds until the window ends. */
  resetSeconds: number
}

/** The fields RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-10). */
export const rateLimitHeaders = (limits: RateLimit[]): Record<string, string> =>
  limits.length === 0
    ? {}
    : {
        'ratelimit-policy': limits.map((each) => `"${each.name}";q=${each.allowed};w=${each.windowSeconds}`).join(', '),
        ratelimit: limits.map((each) => `"${each.name}";r=${each.remaining};t=${each.resetSeconds}`).join(', '),
      }

/** Problem 429 with the time to retry. */
export const tooManyRequests = (detail: string, limit: RateLimit): Problem =>
  new Problem('too-many-requests', `${detail}; try again in ${limit.resetSeconds} s`, {
    headers: { ...rateLimitHeaders([limit]), 'retry-after': String(limit.resetSeconds) },
  })
