import { en } from '../texts/en.ts'
import type { Intent } from './intent.ts'
import { splitWhen } from './move.ts'
import { phrase, type Rule } from './rule.ts'
import type { Said } from './said.ts'
import { readTarget } from './target.ts'
import { durationIn, quick, readDuration, readWhen } from './when.ts'

const newReminder = '(?:set|add|create) (?:a |another )?reminder'
const span = `(?<span>${durationIn('en')})`

/** "to" begins a new task; "about", "of" and "for" name an existing one. */
export const remind: Rule[] = [
  [
    phrase(`(?:remind me|${newReminder}) ${span} (?<side>before|ahead of|after) (?<o>.+)`),
    ({ span, side, o }, said) => remindBy(o!, span!, side!, said),
  ],
  [
    phrase(
      `(?:remind me (?:about|of)|${newReminder} (?:for|on|about|to)) (?<o>.+?),? ${span} (?<side>before|earlier|in advance|after)(?: (?:it(?: is|'s) due|the due date|that|it))?`,
    ),
    ({ span, side, o }, said) => remindBy(o!, span!, side!, said),
  ],
  [
    phrase('remind me (?:about|of) (?<a>.+)', `${newReminder} (?:for|on|about) (?<b>.+)`),
    ({ a, b }, said) => {
      const object = (a ?? b)!
      const split = splitWhen(object, said)
      return split
        ? { kind: 'remind', target: readTarget(split.object, said), at: split.to }
        : { kind: 'remind', target: readTarget(object, said) }
    },
  ],
  [
    phrase('remind me (?<when>.+?) (?:about|of) (?<o>.+)'),
    ({ when, o }, said) => {
      const at = readWhen(when!, said)
      return at ? { kind: 'remind', target: readTarget(o!, said), at: { when: at } } : undefined
    },
  ],
  [
    phrase('remind me to (?<a>.+)', `${newReminder} to (?<b>.+)`, '(?<whole>remind me .+? to .+)'),
    ({ a, b, whole }, said) => {
      const task = quick((a ?? b ?? whole)!, said)
      const { title } = task
      const isRead = !whole || !/^remind me\b/i.test(title)
      return title && isRead ? { kind: 'remind_to', task: { ...task, title } } : undefined
    },
  ],
  [phrase('remind me(?: .+)?', `${newReminder}(?: .+)?`), () => ({ kind: 'unknown', hint: en.hints.remind })],
  [
    phrase(
      `snooze(?: (?:the |my )?reminders?(?: (?:of|for|about|on))?)?(?: (?<o>.*?))??(?: for ${span}| (?:until|till|to) (?<when>.+))?`,
    ),
    ({ o = 'it', span, when }, said) => {
      const target = readTarget(o, said)
      if (span === undefined && when === undefined) return { kind: 'snooze', target }
      const [length, until] = [span && readDuration(span, 'en'), when && readWhen(when, said)]
      if (length) return { kind: 'snooze', target, to: { for: length } }
      return until ? { kind: 'snooze', target, to: { when: until } } : undefined
    },
  ],
]

const remindBy = (object: string, span: string, side: string, said: Said): Intent | undefined => {
  const offset = readDuration(span, 'en')
  if (!offset) return undefined
  return {
    kind: 'remind',
    target: readTarget(object, said),
    at: { offset, side: /after/i.test(side) ? 'after' : 'before' },
  }
}
