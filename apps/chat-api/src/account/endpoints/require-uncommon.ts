import { invalid } from '@taskflow/service-kit'
import { isCommonPassword } from '../common-passwords.ts'

/** Guessed first, with digits before or after. */
const product = 'taskflow'

/** Problem 422 for a password that guessing begins with: one known from leaks, or the person's own address or name. */
export const requireUncommon = (password: string, person: { email: string; name: string }, path: string): void => {
  const lower = password.toLowerCase()
  const own = [person.email, person.email.split('@')[0]!, person.name].map((each) => each.toLowerCase())
  if (own.includes(lower)) throw invalid(path, 'must not be your address or name; choose another')
  if (isCommonPassword(lower) || lower.replaceAll(/[^a-z]/g, '') === product) {
    throw invalid(path, 'is among the passwords that guessing begins with; choose another, such as several words')
  }
}
