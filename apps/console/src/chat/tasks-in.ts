import { getToolName, isToolUIPart } from 'ai'
import type { ChatMessage } from '../api/openapi.d.ts'

/** A task as the chat last showed it; the list may have a newer version. */
export interface SeenTask {
  id: string
  title: string
  due_date: string | null
  /** Missing in what was said before tasks could be due on a day. */
  due_on?: string | null
}

/** The parts of a tool's output that the page uses. Any of them may be missing: long outputs are cut. */
export interface ToolOutput {
  status?: string
  done?: number
  refused?: number
  results?: { status?: string; reason?: string; task?: SeenTask }[]
  tasks?: SeenTask[]
  overdue?: SeenTask[]
  due?: SeenTask[]
  task?: SeenTask
  series?: { title: string }[]
}

export const outputOf = (part: ChatMessage['parts'][number]): ToolOutput | undefined =>
  isToolUIPart(part) && part.state === 'output-available' ? (part.output as ToolOutput) : undefined

export const tasksOf = ({ results, tasks, overdue, due, task }: ToolOutput): SeenTask[] =>
  [results?.map((each) => each.task), tasks, overdue, due, task].flat().filter((each) => each !== undefined)

/** All tasks that tools returned in these messages, each as it was last. */
export const tasksIn = (messages: readonly ChatMessage[]): ReadonlyMap<string, SeenTask> =>
  new Map(
    messages
      .flatMap(({ parts }) => parts.flatMap((part) => outputOf(part) ?? []))
      .flatMap(tasksOf)
      .map((task) => [task.id, task]),
  )

/** The tasks that an answer has added. */
export const addedIn = ({ parts }: ChatMessage): SeenTask[] =>
  parts.flatMap((part) => {
    const output = isToolUIPart(part) && getToolName(part) === 'add_tasks' ? outputOf(part) : undefined
    return output ? tasksOf(output) : []
  })
