import { ofMyList, phrase, type Rule } from './rule.ts'
import { readTarget } from './target.ts'

const done = '(?:done|completed?|finished)'

export const complete: Rule[] = [
  [
    phrase(
      `mark (?<a>.+?) (?:as |to )?(?:not |un|in)${done}`,
      'mark (?<b>.+?) as (?:open|to-?do)',
      '(?:reopen|re-open|uncheck|untick|uncomplete)(?: (?<c>.+))?',
    ),
    ({ a, b, c }, said) => ({ kind: 'reopen', target: readTarget(a ?? b ?? c ?? '', said) }),
  ],
  [
    phrase(
      `(?:mark|set) (?<a>.+?) (?:as |to )?${done}`,
      '(?:mark|tick|check|cross|strike) (?<b>.+?) off(?: (?:my|the) (?:to-?do )?list)?',
      `(?:check|tick|cross|strike) off (?<c>.+?)${ofMyList}`,
      `(?:complete|finish)(?: (?<d>.+?))?${ofMyList}`,
      "(?:i'm |i am |all )*(?:done|finished) with (?<e>.+)",
      "i(?: have|'ve)?(?: just| already| now)* (?:done|did|finished|completed) (?<f>.+?)(?: (?:already|just now|today))?",
    ),
    ({ a, b, c, d, e, f }, said) => ({
      kind: 'complete',
      target: readTarget(a ?? b ?? c ?? d ?? e ?? f ?? '', said),
    }),
  ],
]
