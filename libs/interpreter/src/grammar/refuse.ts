import { phrase, type Rule } from './rule.ts'

const field =
  '(?:the |my |a |an |all |all the )*(?:tags?|labels?|#\\S+|priority|priorities|category|categories|descriptions?|notes?|comments?|subtasks?|attachments?|titles?|names?)'

const notByWords = 'I cannot change that part of a task by words: open the task to edit it.'

/** Commands that sound like supported ones but mean something else. */
export const refuse: Rule[] = [
  [
    phrase(
      `(?:delete|remove|erase|clear|change|set|edit|update|move) ${field}(?: .*)? (?:of|from|on|for|to|in) .+`,
      'add (?:the |a )?(?:#\\S+|(?:tag|label) \\S+) to .+',
      '(?:rename|retitle|tag|untag|label|prioriti[sz]e|edit|update) .+',
      'mark .+ as (?!.* as )(?!(?:not |un|in)?(?:done|completed?|finished)$|open$|to-?do$).+',
    ),
    () => ({ kind: 'refused', say: notByWords }),
  ],
  [
    phrase(
      '(?:delete|remove|erase|clear|close|cancel|destroy|reset) (?:my |the |this |our )*(?:account|user|profile|history|conversations?|chats?|messages?|data|all data|database|trash|e-?mails?)',
    ),
    () => ({ kind: 'refused', say: 'That is nothing I can do from here.' }),
  ],
  [
    phrase('(?:delete|remove|cancel|dismiss|clear|turn off|stop) (?:the |my |all |this )*reminders?(?: .*)?'),
    () => ({
      kind: 'refused',
      say: 'I cannot take reminders away by words: open the task to edit it, or snooze them.',
    }),
  ],
  [
    phrase('cancel (?<o>.+)'),
    ({ o }) => ({ kind: 'refused', say: `Cancel can mean two things here. Say "complete ${o}" or "delete ${o}".` }),
  ],
]
