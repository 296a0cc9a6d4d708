export { completeTask } from './complete-task.ts'
export { createTask } from './create-task.ts'
export { readCursor, writeCursor } from './cursor.ts'
export { deleteTask } from './delete-task.ts'
export { deleteTasksOf } from './delete-tasks-of.ts'
export { dismissReminder } from './dismiss-reminder.ts'
export { findTask } from './find-task.ts'
export {
  instantInput,
  type NewTask,
  newTaskInput,
  type TaskPatch,
  taskPatchInput,
  text,
  timeZoneInput,
} from './input.ts'
export { type LabelKind, listLabels, relabel } from './labels.ts'
export { listTasks, type Page, taskSort } from './list-tasks.ts'
export { lockTogether } from './lock-together.ts'
export { createRecurringTask } from './recurring/create.ts'
export { deleteRecurringTask } from './recurring/delete.ts'
export { findRecurringTask, listRecurringTasks } from './recurring/find.ts'
export { type NewRecurring, newRecurringInput, recurringPatchInput } from './recurring/input.ts'
export { pauseRecurringTask, resumeRecurringTask } from './recurring/pause.ts'
export { toRecurring, upcoming } from './recurring/record.ts'
export { skipDate, skipTask } from './recurring/skip.ts'
export { updateRecurringTask } from './recurring/update.ts'
export { removeDeletedTasks } from './remove-deleted-tasks.ts'
export { reopenTask } from './reopen-task.ts'
export { restoreTask } from './restore-task.ts'
export { searchTasks } from './search-tasks.ts'
export { announceOccurrence, lockDueSeries } from './series/announce.ts'
export { createOccurrence } from './series/create-occurrence.ts'
export { dateAfterTask } from './series/schedule.ts'
export { lockSeries } from './series/store-series.ts'
export { setReminderState } from './set-reminder-state.ts'
export { durationInput, type Snooze, snoozeInput, snoozeReminder } from './snooze-reminder.ts'
export { taskFilter, taskState } from './task-filter.ts'
export { type ChangeScope, changeScope, updateTask } from './update-task.ts'
