import { textsOf } from '../texts/texts-of.ts'
import { phrase, type Rule } from './rule.ts'
import { quick } from './when.ts'

export const maxDates = 50

/** Requests that only look something up. */
export const look: Rule[] = [
  [
    phrase(
      '(?:find|search(?: for)?|look (?:for|up)|locate)(?: me)?(?: (?:all |any )?(?:my |the )?tasks? (?:about|with|containing|for|called|named))? (?<a>.+)',
      '(?:do i have|is there|have i got|are there) (?:(?:a |an |any |some )?tasks? (?:for|to|called|named|with|containing|about)|anything about) (?<b>.+)',
      'when (?:is|are|was|do i have to do|must i do|should i do) (?!every )(?<c>.+?)(?: due| planned| scheduled)?',
      'what about (?<d>.+)',
      'where (?:is|are|did i put) (?<e>.+)',
      '(?:did|have) (?:i|we) (?:already |ever )?(?:completed?|finish(?:ed)?|do|done|tick(?:ed)? off|check(?:ed)? off) (?<f>.+?)(?: already| yet)?',
      '(?:has|have) (?!i |we )(?<h>.+?) been (?:done|completed|finished)(?: already| yet)?',
      '(?:is|are|was) (?!there |this |it |that |you |everything |anything )(?<g>.+?) (?:already |yet |still )?(?:done|completed?|finished|open|due|overdue)(?: already| yet)?',
    ),
    ({ a, b, c, d, e, f, g, h }) => ({ kind: 'find', text: (a ?? b ?? c ?? d ?? e ?? f ?? g ?? h)! }),
  ],
  [
    phrase(
      '(?:preview|explain)(?: the)?(?: rule)? (?<a>.+)',
      '(?:when|what (?:dates|days)) (?:is|are) (?<b>every .+)',
      '(?:show |list |what are |give )?(?:me )?(?:the )?next (?<count>\\d{1,2} |few )?(?:dates|days|occurrences|times) (?:of|for) (?<c>.+)',
    ),
    ({ a, b, c, count }, said) => {
      const { title, ...rule } = quick((a ?? b ?? c)!, said)
      if (rule.recurrence_rule === undefined || title !== '')
        return { kind: 'unknown', hint: textsOf(said).hints.preview }
      const wanted = Number(count)
      return { kind: 'preview', rule: { title, ...rule }, count: wanted >= 1 && wanted <= maxDates ? wanted : 5 }
    },
  ],
  [
    phrase(
      '(?:show |give |tell )?(?:me )?(?:the )?(?:history|audit trail|log|changes) (?:of|for|to) (?<a>.+)',
      'what (?:has )?(?:happened|changed) (?:to|with|in|about) (?<b>.+)',
      'when did i (?:create|change|add) (?<c>.+)',
    ),
    ({ a, b, c }) => ({ kind: 'history', target: { by: 'words', text: (a ?? b ?? c)!, isQuoted: false } }),
  ],
]
