import { type DynamicToolUIPart, getToolName, type ToolUIPart } from 'ai'
import { ChevronRight, CircleAlert, LoaderCircle, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { useAccount } from '../account/use-account.ts'
import { writeDue } from '../tasks/due.ts'
import { isChange, verbFor } from './describe-action.ts'
import { TaskLink } from './task-link.tsx'
import { outputOf, type SeenTask, tasksOf } from './tasks-in.ts'

/** What was looked up, in words. */
const looks: Record<string, (input: Record<string, unknown>) => string> = {
  find_tasks: () => 'Looked through the tasks',
  get_task: () => 'Looked at a task',
  search: ({ query }) => `Searched for “${query}”`,
  agenda: ({ range = 'today' }) => `Looked at what is ${dueIn[String(range)] ?? 'due'}`,
  list_recurring: () => 'Looked at the recurring tasks',
  preview_recurrence: () => 'Worked out the dates',
  audit_trail: () => 'Looked at the history of a task',
}
const dueIn: Record<string, string> = {
  overdue: 'overdue',
  today: 'due today',
  tomorrow: 'due tomorrow',
  week: 'due this week',
}

/**
 * A tool call in one line: what was looked up, with its output on demand, or why it failed. Calls that change something
 * have cards of their own.
 */
export const CallCard = ({ part, isBeingMade }: { part: ToolUIPart | DynamicToolUIPart; isBeingMade: boolean }) => {
  const tool = getToolName(part)
  if (part.state === 'output-error') {
    const { errorText } = part
    return <Refused>{`Could not ${isChange(tool) ? verbFor(tool) : 'look'}: ${errorText.replace(/^: /, '')}`}</Refused>
  }
  const output = outputOf(part)
  if (!output) {
    return isBeingMade ? (
      <Line icon={<LoaderCircle size={14} className="animate-spin" />}>
        {isChange(tool) ? `Wants to ${verbFor(tool)}` : 'Looking'}
      </Line>
    ) : null
  }
  if (isChange(tool)) {
    const reasons = new Set(
      output.results?.flatMap(({ status, reason }) => (status === 'refused' ? (reason ?? '') : [])),
    )
    return reasons.size > 0 ? <Refused>{`Could not ${verbFor(tool)}: ${[...reasons].join('; ')}`}</Refused> : null
  }
  const tasks = tasksOf(output)
  const said = looks[tool]?.((part.input ?? {}) as Record<string, unknown>) ?? `Used ${tool.replaceAll('_', ' ')}`
  if (tasks.length === 0) return <Line icon={<Search size={14} />}>{said}</Line>
  return (
    <details className="group text-sm">
      <summary className="flex cursor-pointer list-none items-center gap-2 rounded-md text-muted hover:text-ink">
        <Search size={14} aria-hidden className="shrink-0" />
        <span className="min-w-0 truncate">
          {said} · {tasks.length} found
        </span>
        <ChevronRight size={14} aria-hidden className="shrink-0 transition-transform group-open:rotate-90" />
      </summary>
      <FoundTasks tasks={tasks} />
    </details>
  )
}

const FoundTasks = ({ tasks }: { tasks: SeenTask[] }) => {
  const { time_zone, locale } = useAccount()
  return (
    <ul className="mt-2 ml-1.5 flex flex-col gap-1.5 border-l-2 border-line pl-4">
      {tasks.map(({ id, title, due_date, due_on = null }) => (
        <li key={id} className="flex flex-wrap gap-x-2">
          <TaskLink id={id} title={title} />
          <span className="text-muted empty:hidden">{writeDue({ due_date, due_on }, time_zone, locale)}</span>
        </li>
      ))}
    </ul>
  )
}

const Line = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <p className="flex items-center gap-2 text-sm text-muted">
    <span aria-hidden className="shrink-0">
      {icon}
    </span>
    <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
  </p>
)

const Refused = ({ children }: { children: string }) => <Line icon={<CircleAlert size={14} />}>{children}</Line>
