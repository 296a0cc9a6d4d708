import type { Intent } from './intent.ts'
import type { Rule } from './rule.ts'
import type { Said } from './said.ts'
import type { SentenceWords } from './sentences.ts'

/** The commands of a language, in the order in which they are tried. */
export interface Grammar {
  sentences: SentenceWords
  /** Around a command: greetings before it, "could you", "please" after it. */
  polite: RegExp
  asking: RegExp
  thanks: RegExp
  /** Writes a pronoun apart that is part of the verb. */
  apart?: (words: string) => string
  /** What adds something; only `please` is taken from its end. */
  isAddition: RegExp
  please: RegExp
  /** Small talk, and replies to a question. */
  talk: Rule[]
  /** Negations, conditions and questions: they change the meaning of what follows. */
  turned: Rule[]
  /** Requests that only look something up. */
  look: Rule[]
  changes: Rule[]
  /** First words that only look something up: a typo in one is harmless. */
  lookingUp: string[]
  /** A hint for what to say instead. */
  unknown: (words: string, part: string, said: Said) => Intent
}
