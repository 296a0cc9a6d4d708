import { hash, verify } from '@node-rs/argon2'

/** Turns passwords into what may be stored, and back into a yes or no. */
export interface Passwords {
  hash(password: string): Promise<string>
  /** `stored` undefined: nobody has that name; takes as long as a real check, so that the answer tells nothing. */
  matches(password: string, stored: string | undefined): Promise<boolean>
}

/** Argon2id with 19 MiB, 2 passes, 1 lane: the least that OWASP's password storage cheat sheet asks for. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

let ofNobody: Promise<string> | undefined

export const argon2Passwords: Passwords = {
  hash: (password) => hash(password, cost),
  matches: async (password, stored) => {
    ofNobody ??= hash('nobody has this password', cost)
    const matches = await verify(stored ?? (await ofNobody), password)
    return matches && stored !== undefined
  },
}
