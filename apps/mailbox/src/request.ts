import type { Store } from './store.ts'

/** The response of a route: JSON, unless `type` is set. */
export interface Answer {
  status?: number
  type?: string
  headers?: Record<string, string>
  body: unknown
}

export interface Request {
  store: Store
  /** The groups that the route's pattern matched. */
  path: string[]
  query: URLSearchParams
  json: () => Promise<unknown>
}
