import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Retries until `attempt` returns a value, and resolves with it: the mesh acts when the event arrives, not when the
 * request completes. `seconds` is the time limit, `usual` by default.
 */
export const eventuallyWithin =
  (usual: number) =>
  async <T>(what: string, attempt: () => Promise<T | undefined | false>, seconds = usual): Promise<T> => {
    const deadline = Date.now() + seconds * 1_000
    while (Date.now() < deadline) {
      const value = await attempt()
      if (value) return value
      await delay(50)
    }
    throw new assert.AssertionError({ message: `did not happen within ${seconds} s: ${what}` })
  }
