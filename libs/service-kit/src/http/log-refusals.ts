import type { Log } from '../log.ts'
import type { Endpoint } from './endpoint.ts'
import { Problem } from './problem.ts'

const interval = 60_000
const mostPerInterval = 1_000

/** Logs an error if it says that the caller may not do this. `user_id` is undefined for a request from the mesh. */
export type LogRefusal = (error: unknown, definition: Pick<Endpoint, 'method' | 'path'>, user_id?: string) => void

/** Who repeats a request gets one line a minute for it, and all together get so many: nobody can fill the log. */
export const createRefusalLog = (log: Pick<Log, 'warn'>): LogRefusal => {
  const logged = new Set<string>()
  let since = Date.now()
  return (error, { method, path: route }, user_id) => {
    if (!(error instanceof Problem) || error.problem !== 'forbidden') return
    if (Date.now() - since >= interval) {
      logged.clear()
      since = Date.now()
    }
    const key = `${user_id} ${method} ${route}`
    if (logged.has(key) || logged.size >= mostPerInterval) return
    logged.add(key)
    log.warn('a request was not allowed', { method: method.toUpperCase(), route, user_id, reason: error.message })
  }
}
