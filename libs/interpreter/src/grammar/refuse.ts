import { en } from '../texts/en.ts'
import { phrase, type Rule } from './rule.ts'

const field =
  '(?:the |my |a |an |all |all the )*(?:tags?|labels?|#\\S+|priority|priorities|category|categories|descriptions?|notes?|comments?|subtasks?|attachments?|titles?|names?)'

/** Commands that sound like supported ones but mean something else. */
export const refuse: Rule[] = [
  [
    phrase(
      `(?:delete|remove|erase|clear|change|set|edit|update|move) ${field}(?: .*)? (?:of|from|on|for|to|in) .+`,
      'add (?:the |a )?(?:#\\S+|(?:tag|label) \\S+) to .+',
      '(?:rename|retitle|tag|untag|label|prioriti[sz]e|edit|update) .+',
      'mark .+ as (?!.* as )(?!(?:not |un|in)?(?:done|completed?|finished)$|open$|to-?do$).+',
    ),
    () => ({ kind: 'refused', say: en.refused.part }),
  ],
  [
    phrase(
      '(?:delete|remove|erase|clear|close|cancel|destroy|reset) (?:my |the |this |our )*(?:account|user|profile|history|conversations?|chats?|messages?|data|all data|database|trash|e-?mails?)',
    ),
    () => ({ kind: 'refused', say: en.refused.elsewhere }),
  ],
  [
    phrase('(?:delete|remove|cancel|dismiss|clear|turn off|stop) (?:the |my |all |this )*reminders?(?: .*)?'),
    () => ({
      kind: 'refused',
      say: en.refused.reminders,
    }),
  ],
  [phrase('cancel (?<o>.+)'), ({ o }) => ({ kind: 'refused', say: en.refused.cancel(o!) })],
]
