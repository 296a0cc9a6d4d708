import { hash, verify } from '@node-rs/argon2'

/** Hashes passwords and checks them. */
export interface Passwords {
  hash(password: string): Promise<string>
  /** `stored` undefined: no such account; takes as long as a real check, so that the time reveals nothing. */
  matches(password: string, stored: string | undefined): Promise<boolean>
}

/** Argon2id with 19 MiB, 2 passes, 1 lane: the minimum of OWASP's password storage cheat sheet. */
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
