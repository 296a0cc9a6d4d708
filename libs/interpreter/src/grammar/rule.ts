import type { Intent } from './intent.ts'
import type { Said } from './said.ts'

/** What may be said, and what it asks for: undefined when it was something else after all. */
export type Rule = [
  pattern: RegExp,
  read: (groups: Record<string, string | undefined>, said: Said) => Intent | undefined,
]

/** A whole text that is like one of these. */
export const phrase = (...patterns: string[]): RegExp => new RegExp(`^(?:${patterns.join('|')})$`, 'isu')

/** The first rule that reads a text counts. */
export const firstOf = (rules: Rule[], text: string, said: Said): Intent | undefined => {
  for (const [pattern, read] of rules) {
    const match = pattern.exec(text)
    const intent = match && read(match.groups ?? {}, said)
    if (intent) return intent
  }
  return undefined
}

/** "remove milk from my list" */
export const ofMyList = '(?: (?:from|off|on|to|onto|in) (?:my|the) (?:(?:to-?do )?list|tasks|todos))?'
