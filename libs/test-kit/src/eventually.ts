import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Asks again until there is an answer, and resolves with it: the mesh acts when the event arrives, not when the request is
 * answered. `usual` is how many seconds it may take where a call does not say.
 */
export const eventuallyWithin =
  (usual: number) =>
  async <T>(what: string, ask: () => Promise<T | undefined | false>, seconds = usual): Promise<T> => {
    const deadline = Date.now() + seconds * 1_000
    while (Date.now() < deadline) {
      const answer = await ask()
      if (answer) return answer
      await delay(50)
    }
    throw new assert.AssertionError({ message: `did not happen within ${seconds} s: ${what}` })
  }
