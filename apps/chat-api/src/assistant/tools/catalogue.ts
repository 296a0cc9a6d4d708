import { addReminder } from './add-reminder.ts'
import { addTasks } from './add-tasks.ts'
import { agenda } from './agenda.ts'
import { auditTrail } from './audit-trail.ts'
import { completeTasks } from './complete-tasks.ts'
import { deleteTasks } from './delete-tasks.ts'
import { findTasks } from './find-tasks.ts'
import { getTask } from './get-task.ts'
import { listRecurring } from './list-recurring.ts'
import { previewRecurrence } from './preview-recurrence.ts'
import { reopen } from './reopen.ts'
import { reschedule } from './reschedule.ts'
import { restoreTasks } from './restore-tasks.ts'
import { search } from './search.ts'
import { snooze } from './snooze.ts'
import { pauseSeries, resumeSeries } from './switch-series.ts'
import type { Tool } from './tool.ts'
import { updateTasks } from './update-tasks.ts'

/** Tools by name. */
export type Catalogue = ReadonlyMap<string, Tool>

/** All that the assistant can do: the chat and MCP both work with these tools. */
export const catalogue: Catalogue = new Map(
  [
    findTasks,
    getTask,
    search,
    agenda,
    addTasks,
    updateTasks,
    completeTasks,
    reopen,
    reschedule,
    deleteTasks,
    restoreTasks,
    addReminder,
    snooze,
    listRecurring,
    previewRecurrence,
    pauseSeries,
    resumeSeries,
    auditTrail,
  ].map((tool) => [tool.name, tool]),
)
