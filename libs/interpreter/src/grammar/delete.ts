import { ofMyList, phrase, type Rule } from './rule.ts'
import { readTarget } from './target.ts'

/** Only verbs that do not begin a title: "get rid of the couch" and "trash day" are tasks. */
export const remove: Rule[] = [
  [
    phrase(`(?:delete|remove|erase)(?: (?<o>.+?))?${ofMyList}`),
    ({ o = '' }, said) => ({ kind: 'delete', target: readTarget(o, said) }),
  ],
  [
    phrase('(?:restore|undelete|un-delete|recover|bring back)(?: (?<o>.+))?'),
    ({ o = '' }, said) => ({ kind: 'restore', target: readTarget(o, said) }),
  ],
  [
    phrase(
      '(?:undo|revert)(?: (?:it|that|this|the last (?:one|change|thing)|my last change))?',
      'take (?:it|that|this) back',
    ),
    () => ({ kind: 'undo' }),
  ],
]
