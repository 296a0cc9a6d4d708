import { setTimeout as delay } from 'node:timers/promises'
import type { Mesh } from '@taskflow/test-kit'

/** What was acknowledged to the people who wrote: all of it must have had its effect, once. */
export interface Acknowledged {
  /** Ids of created tasks. */
  created: Set<string>
  /** Series of which a first task was completed: exactly one second one must exist. */
  completedSeries: Set<string>
  /** Highest version that was answered, by task. */
  versions: Map<string, number>
  writes: number
  refused: number
}

export interface Load {
  acknowledged: Acknowledged
  /** Stops writing and resolves when the last answer is there. */
  stop(): Promise<void>
}

/** The answer of a write; undefined when none came, so that nobody knows whether it was done. */
type Answer = { status: number; body: { id: string; version: number; series_id: string | null } } | undefined

/**
 * Steady writing by several people at once: each creates a task, changes it twice and completes it, every other one of
 * a series. About `rate` writes a second as long as the mesh keeps up.
 */
export const startLoad = async (mesh: Mesh, options: { people: number; rate: number }): Promise<Load> => {
  const acknowledged: Acknowledged = {
    created: new Set(),
    completedSeries: new Set(),
    versions: new Map(),
    writes: 0,
    refused: 0,
  }
  let stopping = false
  const pause = (options.people / options.rate) * 1_000

  const signup = async (person: number): Promise<string> => {
    const account = { email: `${person}.${Date.now()}@example.com`, password: 'correct horse', name: 'Load' }
    const answer = await fetch(`${mesh.url}/api/v1/auth/signup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(account),
    })
    return ((await answer.json()) as { token: string }).token
  }

  const write = async (token: string, method: string, path: string, body?: object): Promise<Answer> => {
    await delay(pause)
    try {
      const answer = await fetch(`${mesh.url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(30_000),
      })
      const text = await answer.text()
      if (answer.status >= 300) {
        acknowledged.refused++
        return undefined
      }
      acknowledged.writes++
      return { status: answer.status, body: JSON.parse(text) }
    } catch {
      acknowledged.refused++
      return undefined
    }
  }

  /** The life of one task; it ends early when an answer is missing. */
  const live = async (token: string, number: number): Promise<void> => {
    const recurring = number % 2 === 0 ? { recurrence_rule: 'daily', due_date: '2035-01-01T09:00:00Z' } : {}
    const created = await write(token, 'POST', '/tasks', { title: `task ${number}`, ...recurring })
    if (!created) return
    const { id, series_id } = created.body
    acknowledged.created.add(id)
    acknowledged.versions.set(id, created.body.version)
    for (const change of [{ priority: 'high' }, { description: 'changed' }]) {
      const answer = await write(token, 'PATCH', `/tasks/${id}`, change)
      if (answer) acknowledged.versions.set(id, answer.body.version)
    }
    const completed = await write(token, 'POST', `/tasks/${id}/complete`)
    if (!completed) return
    acknowledged.versions.set(id, completed.body.version)
    if (series_id) acknowledged.completedSeries.add(series_id)
  }

  const tokens: string[] = []
  for (let person = 0; person < options.people; person++) tokens.push(await signup(person))
  const people = tokens.map(async (token, person) => {
    for (let number = person % 2; !stopping; number++) await live(token, number)
  })
  return {
    acknowledged,
    stop: async () => {
      stopping = true
      await Promise.all(people)
    },
  }
}
