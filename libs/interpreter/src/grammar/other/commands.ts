import type { Language } from '../said.ts'

/**
 * The commands of a language other than English, as patterns of whole sentences. Group `o` is the task or text, `when` a
 * time, `verb` and `side` a direction; SPAN is a span of time.
 */
export interface Commands {
  language: Language
  /** Writes a pronoun apart that is part of the verb. */
  apart?: (words: string) => string
  /** Verbs that begin a command which changes something, or which only adds or looks something up. */
  changing: string
  harmless: string
  /** Those that begin a new task. */
  adding: string
  /** Between commands: "and then". */
  between: string
  /** Begins a sentence that takes the one before it back. */
  takingBack: string
  taskList: string
  polite: string
  asking: string
  thanks: string
  please: string
  talk: Record<'help' | 'about' | 'greeting' | 'thanks' | 'yes' | 'no', string[]>
  negation: string[]
  condition: string[]
  howTo: string[]
  question: string[]
  refused: Record<'part' | 'elsewhere' | 'reminders' | 'cancel', string[]>
  find: string[]
  /** Group `count`. */
  preview: string[]
  history: string[]
  complete: string[]
  reopen: string[]
  delete: string[]
  restore: string[]
  undo: string[]
  pause: string[]
  resume: string[]
  repeat: string[]
  undate: string[]
  move: string[]
  /** A span beside a task to move, as patterns of what `move` leaves as `o`. */
  shift: string[]
  earlier: RegExp
  /** In an object without a time: it may be the time that was not understood. */
  toTime: RegExp
  remindBy: string[]
  after: RegExp
  remindOf: string[]
  remindTo: string[]
  remindNothing: string[]
  snooze: string[]
  addNothing: string[]
  addMany: string[]
  add: string[]
  ofMyList: RegExp
  lookingUp: string[]
  /** Verbs whose typos are reported. */
  verbs: string[]
  /** "the milk is done", "I have to buy milk". */
  isDone: RegExp
  isTodo: RegExp
}
