import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'

/** Asks until there is an answer, and resolves with it. */
export const eventually = async <T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  seconds = 60,
): Promise<T> => {
  const deadline = Date.now() + seconds * 1_000
  while (Date.now() < deadline) {
    const answer = await ask()
    if (answer) return answer
    await delay(50)
  }
  throw new assert.AssertionError({ message: `did not happen within ${seconds} s: ${what}` })
}
