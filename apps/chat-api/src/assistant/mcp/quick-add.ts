import type { Clock } from '@taskflow/service-kit'
import { notesOnTask } from '@taskflow/tasks'
import { z } from 'zod'
import { notes, withNotes } from '../../http/schemas.ts'
import { createWithDefaults } from '../../tasks/create-task.ts'
import { lineInput, notUnderstoodPart, readLine, understoodPart } from '../../tasks/read-line.ts'
import { callFor } from '../tools/change-each.ts'
import { taskView, viewOf } from '../tools/task-view.ts'
import { type Tool, writeTool } from '../tools/tool.ts'

const goOn = (places: [number, number][]): string =>
  `Nothing was created: the parts in not_understood look like a date, rule or reminder and cannot be used. Say them in other words, or send the same text with literal: ${JSON.stringify(places)} to keep them in the title.`

/**
 * A task out of one line of text, as POST /tasks/quick-add, for MCP clients only: a model in the chat gives the fields,
 * and a line that waits for a confirmation would be read on another day. A program does not see what is left in a title,
 * so a line that is not understood creates nothing.
 */
export const quickAdd = ({ clock }: { clock: Clock }): Tool =>
  writeTool({
    name: 'quick_add',
    title: 'Add a task by one line of text',
    description:
      'Creates one task from a line such as "pay rent every 1st at 9 #home !high remind 1d before", in English, German, French or Spanish; "quoted" words belong to the title. Use it to pass on the words of the user; add_tasks takes fields. The answer names each piece that was understood, with its place. When a piece is not understood, nothing is created.',
    effect: 'adds',
    isIdempotent: false,
    input: lineInput,
    output: z.object({
      status: z.enum(['created', 'not_understood']),
      understood: z.array(understoodPart),
      not_understood: z.array(notUnderstoodPart),
      task: taskView.optional(),
      how_to_go_on: z.string().optional().meta({ description: 'what to send when nothing was created' }),
      notes,
    }),
    touches: ({ text }) => ({ tasks: [], series: [], creates: [text], texts: [text] }),
    run: async (tx, line, { user }) => {
      const { draft, understood, not_understood } = await readLine(tx, clock.now(), user, line)
      if (not_understood.length > 0) {
        const kept = not_understood.map(({ start, end }): [number, number] => [start, end])
        const how_to_go_on = goOn([...(line.literal ?? []), ...kept])
        return { output: { status: 'not_understood' as const, understood, not_understood, how_to_go_on }, undo: [] }
      }
      const task = await createWithDefaults(tx, user, draft)
      const output = { status: 'created' as const, understood, not_understood, task: viewOf(task) }
      return { output: withNotes(output, notesOnTask(task)), undo: callFor('delete_tasks', [task]) }
    },
  })
