import type { BaseDeps } from '@taskflow/service-kit'
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

/** Everything the assistant can do, by name: chat and MCP both work with these. */
export const createTools = (deps: BaseDeps): ReadonlyMap<string, Tool> =>
  new Map(
    [
      findTasks(deps),
      getTask(deps),
      search(deps),
      agenda(deps),
      addTasks(deps),
      updateTasks(deps),
      completeTasks(deps),
      reopen(deps),
      reschedule(deps),
      deleteTasks(deps),
      restoreTasks(deps),
      addReminder(deps),
      snooze(deps),
      listRecurring(deps),
      previewRecurrence(deps),
      pauseSeries(deps),
      resumeSeries(deps),
      auditTrail(deps),
    ].map((each) => [each.name, each]),
  )
