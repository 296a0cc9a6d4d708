import type { Store } from './store.ts'

/** What a route answers: JSON unless `type` says otherwise. */
export interface Answer {
  status?: number
  type?: string
  headers?: Record<string, string>
  body: unknown
}

export interface Request {
  store: Store
  /** What the parentheses of the route matched. */
  path: string[]
  query: URLSearchParams
  json: () => Promise<unknown>
}
