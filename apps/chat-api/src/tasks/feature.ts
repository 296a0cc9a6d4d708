import type { BaseDeps } from '@taskflow/service-kit'
import { deleteTasksOf } from '@taskflow/tasks'
import type { Feature } from '../http/feature.ts'
import { bulkTasks } from './bulk-tasks.ts'
import { completeTask } from './complete-task.ts'
import { createTask } from './create-task.ts'
import { createDayUpkeep } from './day-upkeep.ts'
import { deleteTask } from './delete-task.ts'
import type { TaskDeps } from './deps.ts'
import { getTask } from './get-task.ts'
import { deleteLabel } from './labels/delete-label.ts'
import { listLabels } from './labels/list-labels.ts'
import { renameLabel } from './labels/rename-label.ts'
import { listTasks } from './list-tasks.ts'
import { previewRecurrence } from './preview-recurrence.ts'
import { quickAdd } from './quick-add.ts'
import { createRecurringTask } from './recurring/create-recurring-task.ts'
import { deleteRecurringTask } from './recurring/delete-recurring-task.ts'
import { getRecurringTask } from './recurring/get-recurring-task.ts'
import { listRecurringTasks } from './recurring/list-recurring-tasks.ts'
import { pauseRecurringTask } from './recurring/pause-recurring-task.ts'
import { resumeRecurringTask } from './recurring/resume-recurring-task.ts'
import { skipRecurringTask } from './recurring/skip-recurring-task.ts'
import { updateRecurringTask } from './recurring/update-recurring-task.ts'
import { dismissReminder } from './reminders/dismiss-reminder.ts'
import { snoozeReminder } from './reminders/snooze-reminder.ts'
import { reopenTask } from './reopen-task.ts'
import { restoreTask } from './restore-task.ts'
import { searchTasks } from './search-tasks.ts'
import { createSearchUpkeep } from './search-upkeep.ts'
import { showUsage } from './show-usage.ts'
import { skipTask } from './skip-task.ts'
import { listTaskVersions, readTaskStates } from './task-states.ts'
import { createTaskUpkeep } from './task-upkeep.ts'
import { updateTask } from './update-task.ts'

/** Tasks, recurring tasks, their reminders, tags and categories. */
export const tasks = (deps: BaseDeps & TaskDeps): Feature => ({
  endpoints: [
    createTask(deps),
    listTasks(deps),
    getTask(deps),
    updateTask(deps),
    deleteTask(deps),
    completeTask(deps),
    reopenTask(deps),
    skipTask(deps),
    restoreTask(deps),
    quickAdd(deps),
    bulkTasks(deps),
    searchTasks(deps),
    listLabels(deps, 'tag'),
    renameLabel(deps, 'tag'),
    deleteLabel(deps, 'tag'),
    listLabels(deps, 'category'),
    renameLabel(deps, 'category'),
    deleteLabel(deps, 'category'),
    createRecurringTask(deps),
    listRecurringTasks(deps),
    getRecurringTask(deps),
    updateRecurringTask(deps),
    deleteRecurringTask(deps),
    pauseRecurringTask(deps),
    resumeRecurringTask(deps),
    skipRecurringTask(deps),
    snoozeReminder(deps),
    dismissReminder(deps),
    previewRecurrence(),
    showUsage(deps),
    listTaskVersions(deps),
    readTaskStates(deps),
  ],
  loops: [createTaskUpkeep(deps), createDayUpkeep(deps), createSearchUpkeep(deps)],
  // The upkeep of accounts removes what is more than a batch.
  forget: async (tx, user_id) => {
    await deleteTasksOf(tx, [user_id])
  },
})
