import type { Task } from '../api/openapi.d.ts'
import { queryClient } from '../api/query-client.ts'
import { say } from '../components/toasts.tsx'
import { addActivity } from '../tasks/activity.ts'
import { snoozeReminder } from '../tasks/changes.ts'
import { taskStore } from '../tasks/task-store.ts'
import type { LiveEvent } from './follow-events.ts'

/** The parts of a CloudEvent that this page looks at; libs/event-contracts has it whole. */
interface CloudEvent {
  id: string
  time: string
  data: {
    task?: Task
    reminder?: { id: string }
    reminder_id?: string
    task_id?: string
  }
}

/** Applies an event to what this page shows. */
export const applyEvent = ({ type, data }: LiveEvent): void => {
  const { id: event_id, time, data: about }: CloudEvent = JSON.parse(data)
  if (type.startsWith('task.') && about.task) applyTask(type, about.task)
  if (type === 'reminder.due' && about.task && about.reminder) {
    taskStore.setReminderState(about.task.id, about.reminder.id, 'due')
    remind(about.task.id, about.reminder.id, about.task.title)
  }
  if ((type === 'reminder.sent' || type === 'reminder.failed') && about.task_id && about.reminder_id) {
    taskStore.setReminderState(about.task_id, about.reminder_id, type === 'reminder.sent' ? 'sent' : 'failed')
  }
  const task_id = about.task?.id ?? about.task_id
  if (task_id) addActivity(task_id, { event_id, type, time, data: about })
  for (const queryKey of changedBy(type, about.task)) void queryClient.invalidateQueries({ queryKey })
}

/** The beginnings of the keys of all queries that such an event changes. */
const changedBy = (type: string, task: Task | undefined): string[][] => [
  ...(type.startsWith('task.') ? [['tasks']] : []),
  ...(type.startsWith('task.') && task?.series_id ? [['recurring']] : []),
  ...(type === 'reminder.sent' || type === 'reminder.failed' ? [['notifications']] : []),
]

const applyTask = (type: string, task: Task) => {
  if (type === 'task.deleted') taskStore.remove(task.id, task.version)
  else taskStore.apply([task])
}

/** Only in the visible tab: others would show it again later. */
const remind = (task_id: string, reminder_id: string, title: string) => {
  if (document.visibilityState !== 'visible') return
  const snooze = () => {
    const task = taskStore.get(task_id)
    if (task) void snoozeReminder(task, reminder_id, { for: 'PT10M' })
  }
  say(`Reminder: ${title}`, { label: 'In 10 min', act: snooze })
}
