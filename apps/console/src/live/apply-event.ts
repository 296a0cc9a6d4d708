import { queryClient } from '../api/query-client.ts'
import type { Task } from '../api/types.ts'
import { say } from '../components/toasts.tsx'
import { snoozeReminder } from '../tasks/changes.ts'
import { taskStore } from '../tasks/task-store.ts'
import type { LiveEvent } from './follow-events.ts'

/** The parts of events that this page looks at; libs/event-contracts has them whole. */
interface Data {
  task?: Task
  reminder?: { id: string }
  reminder_id?: string
  task_id?: string
}

/** Brings an event into what this page shows. */
export const applyEvent = ({ type, data }: LiveEvent): void => {
  const { data: about } = JSON.parse(data) as { data: Data }
  if (type.startsWith('task.') && about.task) applyTask(type, about.task)
  if (type === 'reminder.due' && about.task && about.reminder) {
    taskStore.setReminderState(about.task.id, about.reminder.id, 'due')
    remind(about.task.id, about.reminder.id, about.task.title)
  }
  if ((type === 'reminder.sent' || type === 'reminder.failed') && about.task_id && about.reminder_id) {
    taskStore.setReminderState(about.task_id, about.reminder_id, type === 'reminder.sent' ? 'sent' : 'failed')
    void queryClient.invalidateQueries({ queryKey: ['notifications'] })
  }
  const task_id = about.task?.id ?? about.task_id
  // The audit log hears of it at the same time as this page.
  if (task_id) setTimeout(() => queryClient.invalidateQueries({ queryKey: ['activity', task_id] }), 500)
}

const applyTask = (type: string, task: Task) => {
  if (type === 'task.deleted') taskStore.remove(task.id, task.version)
  else taskStore.apply([task])
  if (task.series_id) void queryClient.invalidateQueries({ queryKey: ['recurring'] })
  for (const queryKey of [['search'], ['done'], ['labels'], ['span']]) void queryClient.invalidateQueries({ queryKey })
}

/** Only where people look: a tab in the background would say it again later. */
const remind = (task_id: string, reminder_id: string, title: string) => {
  if (document.visibilityState !== 'visible') return
  const snooze = () => {
    const task = taskStore.get(task_id)
    if (task) void snoozeReminder(task, reminder_id, { for: 'PT10M' })
  }
  say(`Reminder: ${title}`, { label: 'In 10 min', act: snooze })
}
