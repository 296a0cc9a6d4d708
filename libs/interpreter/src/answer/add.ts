import type { QuickTask } from '@taskflow/quick-add'
import type { Said } from '../grammar/said.ts'
import { readWhen } from '../grammar/when.ts'
import { textsOf } from '../texts/texts-of.ts'
import { callOne, type Memory, type Reply, type Steps } from './memory.ts'
import { lineOf, listed, quoted } from './sentences.ts'
import { toItem } from './tasks.ts'

/** Creates tasks; asks for the title when it is missing. */
export function* addTasks(tasks: QuickTask[], { deleted }: Memory, said: Said): Steps<Reply> {
  const memory: Memory = { shown: [], deleted }
  const t = textsOf(said)
  if (tasks.length === 0) return { text: t.whatToAdd, memory: { ...memory, pending: { asks: 'title' } } }
  const output = yield* callOne('add_tasks', { tasks: tasks.map(asGiven) })
  if (output.is === 'failed') return { text: t.failed(output.reason), memory }
  if (output.is === 'waiting') {
    const waiting = (said.language === 'en' && output.summary) || t.addWhat(tasks.length)
    return { text: t.waitingFor(waiting), memory: { ...memory, waiting } }
  }
  const results = Array.isArray(output.value.results) ? output.value.results : []
  const items = results.flatMap((result) => toItem(result?.task) ?? [])
  const refused = results.flatMap((result, index) =>
    result?.status === 'refused' ? [t.couldNotAdd(quoted(tasks[index]?.title ?? ''), String(result.reason))] : [],
  )
  const reminds = tasks.length === 1 && (tasks[0]!.reminders?.length ?? 0) > 0 ? ` ${t.willRemind}` : ''
  const added =
    items.length === 1
      ? `${t.added(lineOf(items[0]!, said))}${reminds}`
      : `${t.addedMany(items.length)}\n${listed(items, said)}`
  const notes = results.flatMap((result): string[] => (Array.isArray(result?.notes) ? result.notes.map(String) : []))
  return {
    text: [...(items.length > 0 ? [added] : []), ...notes, ...refused].join('\n') || t.nothingAdded,
    memory: { ...memory, shown: items },
  }
}

/** As the tool takes it: its `due_date` may be a day. */
const asGiven = ({ due_on, ...task }: QuickTask) => (due_on ? { ...task, due_date: due_on } : task)

/** Creates a task with a reminder at its due date; asks for the time when it is missing. */
export function* addReminding(task: QuickTask, memory: Memory, said: Said): Steps<Reply> {
  if (!task.due_date && !task.due_on)
    return {
      text: textsOf(said).whenRemindTo(quoted(task.title)),
      memory: { shown: [], deleted: memory.deleted, pending: { asks: 'remind when', task } },
    }
  return yield* addTasks([withReminder(task)], memory, said)
}

/** A reminder at an instant belongs to one task; one of a day, or of a task that repeats, moves along with it. */
const withReminder = (task: QuickTask): QuickTask => {
  if (task.reminders) return task
  const reminder =
    task.recurrence_rule || task.due_on
      ? ({ type: 'before', offset: 'PT0S' } as const)
      : ({ type: 'at', at: task.due_date! } as const)
  return { ...task, reminders: [reminder] }
}

/** The task with the time in the reply; undefined when the reply is not a time. */
export const withTime = (task: QuickTask, answer: string, said: Said): QuickTask | undefined => {
  const when = readWhen(answer, said)
  if (!when) return undefined
  return { ...task, ...(when.at ? { due_date: when.at.toInstant().toString() } : { due_on: when.date.toString() }) }
}
