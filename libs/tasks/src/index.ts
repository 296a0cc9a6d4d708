export { completeTask, isStillCompleted } from './complete-task.ts'
export { createTask, type Owner } from './create-task.ts'
export { deleteTask, type SeriesChoice, seriesChoice } from './delete-task.ts'
export { deleteTasksOf } from './delete-tasks-of.ts'
export { dismissReminder } from './dismiss-reminder.ts'
export { durationInput, instantInput, label, type ReminderInput, text, timeZoneInput } from './input/fields.ts'
export { type NewRecurringTask, newRecurringTaskInput, recurringTaskPatchInput } from './input/recurring-task-input.ts'
export {
  type NewTask,
  newTaskInput,
  type TaskDraft,
  type TaskPatch,
  taskDraftInput,
  taskPatchInput,
} from './input/task-input.ts'
export { type LabelKind, listLabels, relabel } from './labels.ts'
export { readCursor, writeCursor } from './lists/cursor.ts'
export { listTasks, taskSort } from './lists/list-tasks.ts'
export type { Page } from './lists/page.ts'
export { taskFilter, taskState } from './lists/task-filter.ts'
export { lockTogether } from './lock-together.ts'
export { moveDays } from './move-days.ts'
export { toReminderInput } from './reminders/reminder-list.ts'
export { type ReminderStep, setReminderStates } from './reminders/set-reminder-states.ts'
export { removeDeletedTasks } from './remove-deleted-tasks.ts'
export { reopenTask } from './reopen-task.ts'
export { restoreTask } from './restore-task.ts'
export { refreshSearch } from './search/refresh-search.ts'
export { searchTasks } from './search/search-tasks.ts'
export { admitOccurrence, type OccurrenceLimits, removeOccurrenceCounts } from './series/admit-occurrence.ts'
export { announceOccurrence, type DueOccurrence, lockDueSeries } from './series/announce-occurrence.ts'
export { createOccurrence } from './series/create-occurrence.ts'
export { createRecurringTask } from './series/create-recurring-task.ts'
export { deleteRecurringTask } from './series/delete-recurring-task.ts'
export { findRecurringTask, listRecurringTasks } from './series/find-recurring-task.ts'
export { notesOnSeries, notesOnTask } from './series/first-date-notes.ts'
export { findSeriesWithoutTask, makeMissingTask } from './series/missing-task.ts'
export { occurrenceAfter } from './series/next-date.ts'
export { pauseRecurringTask, resumeRecurringTask } from './series/pause-recurring-task.ts'
export { toRecurringTaskView, upcomingDates } from './series/recurring-task-view.ts'
export { ifAffordable } from './series/schedule.ts'
export { skipDate } from './series/skip-date.ts'
export { skipTask } from './series/skip-task.ts'
export { lockSeries } from './series/store-series.ts'
export { updateRecurringTask } from './series/update-recurring-task.ts'
export { countSnapshots, snapshotTasks } from './snapshot-tasks.ts'
export { type Snooze, snoozeInput, snoozeReminder } from './snooze-reminder.ts'
export { type Due, dayOf, dueBy, dueFrom, remindFrom } from './task/due.ts'
export { findTask } from './task/find-task.ts'
export { listTaskVersions, readTaskStates, type TaskVersion } from './task/task-versions.ts'
export { type ChangeScope, changeScope, updateTask } from './update-task.ts'
export {
  exceededQuota,
  type Quotas,
  quotaExceeded,
  readUsage,
  requireWithinQuotas,
  storedBytes,
  type Usage,
  withQuotas,
} from './usage.ts'
