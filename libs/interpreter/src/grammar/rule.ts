import type { Intent } from './intent.ts'
import type { Said } from './said.ts'

/** A phrase and its intent; undefined when the phrase turns out to be something else. */
export type Rule = [
  pattern: RegExp,
  read: (groups: Record<string, string | undefined>, said: Said) => Intent | undefined,
]

/** Matches a whole text against these patterns. */
export const phrase = (...patterns: string[]): RegExp => new RegExp(`^(?:${patterns.join('|')})$`, 'isu')

/** The first matching rule wins. */
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
