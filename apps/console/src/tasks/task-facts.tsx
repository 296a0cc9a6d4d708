import { Bell, ChevronDown, ChevronUp, Folder, Repeat } from 'lucide-react'
import type { Task } from '../api/openapi.d.ts'
import { dueBy, writeDue } from './due.ts'

/** The line below a task's title. */
export const TaskFacts = ({ task, zone, locale, now }: { task: Task; zone: string; locale: string; now: number }) => {
  const due = writeDue(task, zone, locale, now)
  const isLate = !task.is_completed && (dueBy(task) ?? now) < now
  const reminds = task.reminders.some(({ state }) => state === 'pending' || state === 'due')
  return (
    <span className="flex flex-wrap items-center gap-x-3 text-[0.8125rem] leading-5 text-muted empty:hidden">
      {due !== undefined && (
        <span className={isLate ? 'text-danger' : ''}>
          {isLate && <span className="sr-only">overdue, </span>}
          {due}
        </span>
      )}
      {task.priority === 'high' && (
        <span className="flex items-center gap-0.5 text-ink">
          <ChevronUp size={14} strokeWidth={2.5} aria-hidden /> High
        </span>
      )}
      {task.priority === 'low' && (
        <span className="flex items-center gap-0.5">
          <ChevronDown size={14} aria-hidden /> Low
        </span>
      )}
      {task.recurrence_rule !== null && (
        <span>
          <Repeat size={13} aria-hidden />
          <span className="sr-only">repeats</span>
        </span>
      )}
      {reminds && (
        <span>
          <Bell size={13} aria-hidden />
          <span className="sr-only">reminds</span>
        </span>
      )}
      {task.category !== null && (
        <span className="flex min-w-0 items-center gap-1">
          <Folder size={13} aria-hidden className="shrink-0" />
          <span className="truncate">{task.category}</span>
        </span>
      )}
      {task.tags.length > 0 && <span className="truncate">{task.tags.map((tag) => `#${tag}`).join(' ')}</span>}
    </span>
  )
}
