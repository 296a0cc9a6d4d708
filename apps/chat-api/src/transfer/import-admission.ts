import { type BaseDeps, type Principal, type RateLimit, tooManyRequests } from '@taskflow/service-kit'
import { type Allowance, clearAttempts, countAttempt } from '../account/attempts.ts'

/** Should a replica die while it imports, its lease of the person ends after this. */
const oneAtATime: Allowance = { name: 'imports at once of an account', allowed: 1, windowSeconds: 300 }
/** Files that a replica holds in memory at once. */
const filesAtOnce = 4
const retryAfter = 5

/**
 * Admits one import at a time for a person, at any replica, and a few at once in all. Problem 429 that names the limit.
 */
export const createImportAdmission = (deps: Pick<BaseDeps, 'db' | 'clock'>) => {
  let held = 0
  return async ({ user_id }: Pick<Principal, 'user_id'>): Promise<() => Promise<void>> => {
    if (held >= filesAtOnce) throw refused('imports at once', filesAtOnce, 'others are importing files right now')
    held++
    const subject = `import ${user_id}`
    const leave = async () => {
      held--
      await clearAttempts(deps.db, subject)
    }
    try {
      const { exceeded } = await countAttempt(deps, oneAtATime, subject)
      if (exceeded) throw refused(oneAtATime.name, 1, 'another import of yours is still running')
    } catch (error) {
      held--
      throw error
    }
    return leave
  }
}

const refused = (name: string, allowed: number, detail: string) => {
  const limit: RateLimit = { name, allowed, windowSeconds: retryAfter, remaining: 0, resetSeconds: retryAfter }
  return tooManyRequests(`${detail} (the limit "${name}")`, limit)
}
