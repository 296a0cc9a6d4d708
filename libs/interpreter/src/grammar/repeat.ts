import { textsOf } from '../texts/texts-of.ts'
import { phrase, type Rule } from './rule.ts'
import { readTarget } from './target.ts'
import { quick } from './when.ts'

const ofSeries = '(?: (?:the )?(?:series|repetition|recurrence)(?: of| for)?)?'

export const repeat: Rule[] = [
  [
    phrase(`(?:pause|suspend|stop repeating)${ofSeries}(?: (?<o>.+))?`),
    ({ o = '' }, said) => ({ kind: 'pause', target: readTarget(o, said) }),
  ],
  [
    phrase(
      `(?:resume|unpause|continue)${ofSeries}(?: repeating)?(?: (?<a>.+))?`,
      'start repeating (?<b>.+?)(?: again)?',
    ),
    ({ a, b }, said) => ({ kind: 'resume', target: readTarget(a ?? b ?? '', said) }),
  ],
  [
    phrase('repeat (?<a>.+)', '(?:make|let|set) (?<b>.+?) (?:to )?(?:repeat|recur) (?<c>.+)'),
    ({ a, b, c }, said) => {
      const { title, ...rule } = quick(a ?? `${b} ${c}`, said)
      if (!rule.recurrence_rule || rule.tags || rule.category || rule.priority || rule.reminders)
        return { kind: 'unknown', hint: textsOf(said).hints.repeat }
      // Quick-add removes quotes; they mark the whole title.
      const target = readTarget((a ?? b)!.includes('"') ? `"${title}"` : title, said)
      return { kind: 'repeat', target, rule: { title, ...rule } }
    },
  ],
]
