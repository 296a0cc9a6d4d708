import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Mesh } from '@taskflow/local-mesh'

/** What the API acknowledged: all of it must take effect exactly once. */
export interface Acknowledged {
  /** Ids of created tasks. */
  created: Set<string>
  /** Series whose first task was completed: exactly one second task must exist. */
  completedSeries: Set<string>
  /** Tasks with a reminder that was due immediately: it must have fired and been sent exactly once. */
  reminded: Set<string>
  /** Highest acknowledged version, by task. */
  versions: Map<string, number>
  writes: number
  /** Writes that were refused or whose outcome is unknown. */
  refused: number
  seconds: number
}

export interface Load {
  acknowledged: Acknowledged
  /** Addresses of chat-api, one per replica. */
  urls: string[]
  /** Stops writing and resolves after the last response. */
  stop(): Promise<void>
}

interface Answer {
  id: string
  version: number
  series_id: string | null
}

/**
 * Writes steadily as several people. Each changes one task all the time, and takes other tasks, one after the other,
 * through their life: created, changed twice and completed. Two of five recur, one of five has a reminder that is due
 * immediately and stays open. A creation is retried with the same Idempotency-Key until it succeeds. About `rate`
 * writes a second while the mesh keeps up.
 */
export const startLoad = async (mesh: Pick<Mesh, 'url'>, options: { people: number; rate: number }): Promise<Load> => {
  const acknowledged: Acknowledged = {
    created: new Set(),
    completedSeries: new Set(),
    reminded: new Set(),
    versions: new Map(),
    writes: 0,
    refused: 0,
    seconds: 0,
  }
  const urls = [mesh.url]
  const began = performance.now()
  let stopping = false
  let sent = 0
  const pause = (options.people / options.rate) * 1_000

  const request = async (token: string, method: string, path: string, body?: object, headers = {}) => {
    const answer = await fetch(`${urls[sent++ % urls.length]}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(urls.length > 1 ? 3_000 : 30_000),
    })
    const text = await answer.text()
    if (answer.status >= 300) throw new Error(`${answer.status} ${text}`)
    const task = JSON.parse(text) as Answer
    acknowledged.writes++
    acknowledged.versions.set(task.id, Math.max(task.version, acknowledged.versions.get(task.id) ?? 0))
    return task
  }

  const change = async (token: string, method: string, path: string, body?: object): Promise<Answer | undefined> => {
    await delay(pause)
    try {
      return await request(token, method, path, body)
    } catch {
      acknowledged.refused++
      return undefined
    }
  }

  const create = async (token: string, body: object): Promise<Answer> => {
    await delay(pause)
    const key = { 'idempotency-key': randomUUID() }
    for (const deadline = performance.now() + 120_000; ; await delay(100)) {
      try {
        const task = await request(token, 'POST', '/tasks', body, key)
        acknowledged.created.add(task.id)
        return task
      } catch (error) {
        acknowledged.refused++
        if (performance.now() > deadline)
          throw new Error('a task could not be created in two minutes', { cause: error })
      }
    }
  }

  /** The life of one task; it ends early when a request fails. */
  const live = async (token: string, person: number, number: number, busy: Answer): Promise<void> => {
    const isReminded = number % 5 === 4
    const task = await create(token, {
      title: `task ${person}/${number}`,
      ...(number % 2 === 0 ? { recurrence_rule: 'daily', due_date: '2035-01-01T09:00:00Z' } : {}),
      ...(isReminded ? { reminders: [{ type: 'at', at: '2026-01-01T09:00:00Z' }] } : {}),
    })
    if (isReminded) acknowledged.reminded.add(task.id)
    void change(token, 'PATCH', `/tasks/${busy.id}`, { description: `while ${number}` })
    await change(token, 'PATCH', `/tasks/${task.id}`, { priority: 'high' })
    void change(token, 'PATCH', `/tasks/${busy.id}`, { description: `after ${number}` })
    await change(token, 'PATCH', `/tasks/${task.id}`, { description: 'changed' })
    if (isReminded) return
    const completed = await change(token, 'POST', `/tasks/${task.id}/complete`)
    if (completed && task.series_id) acknowledged.completedSeries.add(task.series_id)
  }

  const run = `${Date.now()}`
  const tokens = await Promise.all(
    Array.from({ length: options.people }, (_, person) => signup(mesh.url, `${person}.${run}@example.com`)),
  )
  const people = tokens.map(async (token, person) => {
    const busy = await create(token, { title: `busy ${person}` })
    for (let number = 0; !stopping; number++) await live(token, person, number, busy)
  })
  // `stop` reports it; until then it must not end the run.
  for (const each of people) each.catch(() => {})
  return {
    acknowledged,
    urls,
    stop: async () => {
      stopping = true
      await Promise.all(people)
      await delay(pause)
      acknowledged.seconds = (performance.now() - began) / 1_000
    },
  }
}

/** Creates an account and returns its token. */
export const signup = async (url: string, email: string): Promise<string> => {
  const answer = await fetch(`${url}/api/v1/auth/signup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'correct horse', name: 'Load' }),
  })
  return ((await answer.json()) as { token: string }).token
}
