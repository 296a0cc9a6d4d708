export { completeTask } from './complete-task.ts'
export { createOccurrence } from './create-occurrence.ts'
export { createTask } from './create-task.ts'
export { deleteTask } from './delete-task.ts'
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
export { listTasks, type Page, type TaskFilter } from './list-tasks.ts'
export { reopenTask } from './reopen-task.ts'
export { announceOccurrence, findSeries, lockDueSeries, newestOfSeries, scheduleOfSeries } from './series-schedule.ts'
export { setReminderState } from './set-reminder-state.ts'
export { durationInput, type Snooze, snoozeInput, snoozeReminder } from './snooze-reminder.ts'
export { updateTask } from './update-task.ts'
