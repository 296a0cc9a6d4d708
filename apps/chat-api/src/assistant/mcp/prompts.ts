import type { McpServer } from '@modelcontextprotocol/server'
import { type AgendaRange, agendaOf, type Read } from './resources.ts'

const prompts: { name: string; title: string; description: string; range: AgendaRange; text: string }[] = [
  {
    name: 'plan_my_day',
    title: 'Plan my day',
    description: 'An order for what is due today and overdue, and what to move to another day',
    range: 'today',
    text: `This is my agenda of today. Plan my day:
1. Say what must be done today and in which order: priority high first, then by the time it is due.
2. Of what is overdue, propose what to do today, what to move to which day, and what to drop.
3. If it is too much for one day, say so and propose what can wait.
Ask me before you change anything; then use reschedule, update_tasks and complete_tasks.`,
  },
  {
    name: 'weekly_review',
    title: 'Weekly review',
    description: 'What was done, what is left over, and what the next seven days bring',
    range: 'week',
    text: `This is my agenda of the next seven days. Do my weekly review:
1. Look with find_tasks (state completed, sort -updated_at) at what I have done in the last seven days, and sum it up in a few words.
2. Of what is overdue, propose what to do, to reschedule or to drop.
3. Go through the days that come: name days that are too full, and move what can be moved.
4. Look with find_tasks (sort created_at) at tasks without a due date that have waited long, and ask about them.
Ask me before you change anything.`,
  },
]

/** Adds the prompts to a server. Each contains the agenda that it refers to. */
export const addPrompts = (server: McpServer, read: Read): void => {
  for (const { name, title, description, range, text } of prompts) {
    const { uri, reading } = agendaOf(range)
    server.registerPrompt(name, { title, description }, async (context) => ({
      messages: [
        { role: 'user', content: { type: 'resource', resource: await read(uri, reading, context) } },
        { role: 'user', content: { type: 'text', text } },
      ],
    }))
  }
}
