import { hash, verify } from '@node-rs/argon2'
import { Problem } from '@taskflow/service-kit'
import pLimit from 'p-limit'

/** Hashes passwords and checks them. */
export interface Passwords {
  hash(password: string): Promise<string>
  /** `stored` null or undefined: no such account, or one without a password; takes as long as a real check, so that the time reveals nothing. */
  matches(password: string, stored: string | null | undefined): Promise<boolean>
}

/** Argon2id with 19 MiB, 2 passes, 1 lane: the minimum of OWASP's password storage cheat sheet. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Hashes at once: half of libuv's threads, which names, files and compression share. */
const maxAtOnce = 2
/** Some two seconds of work; whoever would wait longer is turned away. */
const maxWaiting = 100

let ofNobody: Promise<string> | undefined

/** Passwords hashed by Argon2id, two at once in this process. Problem 503 when too many wait. */
export const createArgon2Passwords = (): Passwords => {
  const limit = pLimit(maxAtOnce)
  const bounded = <T>(work: () => Promise<T>): Promise<T> => {
    if (limit.pendingCount >= maxWaiting) {
      throw new Problem('service-unavailable', 'too many people sign in at this moment; try again', {
        headers: { 'retry-after': '2' },
      })
    }
    return limit(work)
  }
  return {
    hash: async (password) => bounded(() => hash(password, cost)),
    matches: async (password, stored) => {
      ofNobody ??= hash('nobody has this password', cost)
      const known = stored ?? (await ofNobody)
      const matches = await bounded(() => verify(known, password))
      return matches && typeof stored === 'string'
    },
  }
}
