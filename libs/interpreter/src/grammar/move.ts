import { textsOf } from '../texts/texts-of.ts'
import { wordsIn } from '../words/words-in.ts'
import type { Intent, MoveTo } from './intent.ts'
import { phrase, type Rule } from './rule.ts'
import type { Said } from './said.ts'
import { readTarget } from './target.ts'
import { durationIn, readDuration, readWhen } from './when.ts'

export const move: Rule[] = [
  [
    phrase(
      '(?:delete|remove|erase|clear|drop) (?:the |its )?(?:due date|date|deadline)(?: (?:of|from|for|on) (?<o>.+))?',
    ),
    ({ o = 'it' }, said) => ({ kind: 'move', target: readTarget(o, said), to: { when: null } }),
  ],
  [
    phrase('(?:change|set|move) (?:the )?(?:due date|date|deadline|due time|time) (?:of|for) (?<o>.+)'),
    ({ o }, said) => moved(o!, '', said),
  ],
  [
    phrase(
      '(?<verb>move|reschedule|re-schedule|postpone|push|shift|delay|defer|put off|bring forward)(?: (?:back |forward )?(?<o>.+))?',
    ),
    ({ verb, o = '' }, said) => moved(o, verb!, said),
  ],
  [
    // These verbs begin many titles: "make dinner at 7" moves nothing.
    phrase('change (?<a>.+ to .+)', 'make (?<b>.+ due .+)', 'bring (?<c>.+ forward .+)'),
    ({ a, b, c }, said) => {
      const intent = moved((a ?? b ?? c)!, c ? 'bring' : '', said)
      return intent.kind === 'move' && intent.to ? intent : undefined
    },
  ],
]

const span = `(?<span>${durationIn('en')})`
const shifts = [
  phrase(`(?<o>.+?)(?<side> back| forward| out)? by ${span}`),
  phrase(`(?<o>.+?) ${span} (?<side>later|earlier|sooner|back|forward)`),
]
/** "postpone rent 2 days" */
const later = phrase(`(?<o>.+?)(?<!\\b(?:in|for|at|to|until)) ${span}`)

const moved = (object: string, verb: string, said: Said): Intent => {
  const isLater = /^(?:postpone|push|delay|defer|put off)$/i.test(verb)
  const found = [...shifts, ...(isLater ? [later] : [])].map((each) => each.exec(object)?.groups).find(Boolean)
  const by = found && readDuration(found.span!, 'en')
  if (by) {
    const isEarlier = /^bring/i.test(verb) || /forward|earlier|sooner/i.test(found.side ?? '')
    return { kind: 'move', target: readTarget(found.o!, said), to: { by: isEarlier ? by.negated() : by } }
  }
  const split = splitWhen(object, said)
  if (split) return { kind: 'move', target: readTarget(split.object, said), to: split.to }
  const isQuoted = /^"[^"]*"$/.test(object)
  if (!isQuoted && /\s(?:to|until|till|by)(?:\s|$)/i.test(object))
    return { kind: 'unknown', hint: textsOf(said).hints.move }
  return { kind: 'move', target: readTarget(object, said) }
}

/** Splits a text before its time: at the first place from which everything that follows is a time. */
export const splitWhen = (
  text: string,
  said: Said,
): { object: string; to: Extract<MoveTo, { when: object }> } | undefined => {
  for (const { index, 0: lead } of [...text.matchAll(wordsIn(said.language).when.leads)].slice(-6)) {
    const when = readWhen(text.slice(index + lead.length), said)
    if (when) return { object: text.slice(0, index), to: { when } }
  }
  return undefined
}
