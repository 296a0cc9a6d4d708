import { listTasks } from '@taskflow/tasks'
import { z } from 'zod'
import { timeZoneOf } from '../../account/users.ts'
import { taskView, viewOf } from './task-view.ts'
import { readTool } from './tool.ts'

const maxPerList = 100

export const agenda = readTool({
  name: 'agenda',
  title: 'What is due',
  description:
    'Shows open tasks that are overdue, due today, tomorrow, or within seven days from today (week), on the calendar of the user. Today and week begin with what is overdue.',
  isIdempotent: true,
  input: z.strictObject({ range: z.enum(['overdue', 'today', 'tomorrow', 'week']).default('today') }),
  output: z.object({
    time_zone: z.string(),
    today: z.string().meta({ description: 'the date there' }),
    overdue: z.array(taskView),
    due: z.array(taskView),
    is_complete: z.boolean().meta({ description: `false when either has more than ${maxPerList}` }),
  }),
  run: async ({ db, clock }, { range }, { user: { user_id } }) => {
    const now = clock.now()
    const time_zone = await timeZoneOf(db, user_id)
    const today = now.toZonedDateTimeISO(time_zone).startOfDay()
    const [first, days] = spans[range]
    const from = first === 0 ? now : today.add({ days: first }).toInstant()
    const listed = (filter: Parameters<typeof listTasks>[2]) =>
      listTasks(db, user_id, { state: 'open', ...filter }, { sort: 'due_date', limit: maxPerList, now })
    const none = { data: [], next_cursor: null }
    const due =
      days === 0
        ? none
        : await listed({
            due_after: from.toString(),
            due_before: today
              .add({ days: first + days })
              .toInstant()
              .toString(),
          })
    const overdue = range === 'tomorrow' ? none : await listed({ overdue: true })
    return {
      time_zone,
      today: today.toPlainDate().toString(),
      overdue: overdue.data.map(viewOf),
      due: due.data.map(viewOf),
      is_complete: due.next_cursor === null && overdue.next_cursor === null,
    }
  },
})

/** The first day, counted from today, and the number of days. */
const spans = { overdue: [0, 0], today: [0, 1], tomorrow: [1, 1], week: [0, 7] } as const
