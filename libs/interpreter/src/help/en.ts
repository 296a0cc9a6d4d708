import type { Help } from './help.ts'

export const en: Help = [
  {
    does: 'Add',
    examples: [
      'add buy milk',
      'add pay rent every 1st at 9:00 #home !high',
      'create a task to call Bob tomorrow at 17:00',
      'new task: dentist on 3 December at 14:30',
      'put eggs on my list',
      'add tasks: milk, eggs, bread',
      'add "read every monday"',
    ],
  },
  {
    does: 'What is due',
    examples: [
      "what's due today?",
      'what do I have tomorrow?',
      'what is overdue?',
      'agenda',
      'this week',
      "what's due on friday?",
    ],
  },
  {
    does: 'List',
    examples: [
      'show my tasks',
      'list #home tasks',
      'show high priority tasks',
      'show completed tasks',
      'how many tasks do I have?',
      'list recurring tasks',
    ],
  },
  { does: 'Find', examples: ['find dentist', 'when is the dentist?', 'did I complete pay rent?', 'is pay rent done?'] },
  {
    does: 'Complete',
    examples: [
      'complete buy milk',
      'mark pay rent as done',
      'check off buy milk',
      'I finished the report',
      "I'm done with pay rent",
      'complete all overdue tasks',
    ],
  },
  { does: 'Reopen', examples: ['reopen buy milk', 'mark pay rent as not done'] },
  {
    does: 'Move',
    examples: [
      'move dentist to next friday at 15:00',
      'postpone pay rent until monday',
      'push the report by 2 days',
      'bring the report forward by 1 day',
      'make buy milk due tomorrow',
      'remove the due date of buy milk',
      'move everything due today to tomorrow',
    ],
  },
  {
    does: 'Delete',
    examples: ['delete buy milk', 'remove the dentist task', 'delete all tasks tagged #old', 'restore buy milk'],
  },
  {
    does: 'Remind',
    examples: [
      'remind me to call Bob tomorrow at 9:00',
      'remind me every day at 8:00 to take pills',
      'remind me about the dentist 2 hours before',
      'remind me of pay rent on friday at 8:00',
    ],
  },
  { does: 'Snooze a reminder', examples: ['snooze dentist for 30 minutes', 'snooze pay rent until tomorrow at 9:00'] },
  {
    does: 'Repeat',
    examples: [
      'repeat gym every monday at 18:00',
      'make gym repeat weekly',
      'pause gym',
      'resume gym',
      'preview every last friday',
    ],
  },
  { does: 'History', examples: ['history of pay rent', 'what happened to pay rent?'] },
  {
    does: 'After an answer',
    examples: [
      'complete it',
      'complete 2',
      'delete the last one',
      'complete 1 and 3',
      'undo',
      'yes',
      'no',
      'never mind',
    ],
  },
]
