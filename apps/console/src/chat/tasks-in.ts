import { getToolName, isToolUIPart } from 'ai'
import type { ChatMessage } from '../api/openapi.d.ts'

/** What the chat has heard of a task; the list may know better. */
export interface SeenTask {
  id: string
  title: string
  due_date: string | null
}

/** What a tool answered, as far as the page looks at it. Nothing of it is sure: long answers are cut. */
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

/** Every task that tools have shown in these messages, as it was last. */
export const tasksIn = (messages: readonly ChatMessage[]): ReadonlyMap<string, SeenTask> =>
  new Map(
    messages
      .flatMap(({ parts }) => parts.flatMap((part) => outputOf(part) ?? []))
      .flatMap(tasksOf)
      .map((task) => [task.id, task]),
  )

/** The tasks that an answer has made. */
export const addedIn = ({ parts }: ChatMessage): SeenTask[] =>
  parts.flatMap((part) => {
    const output = isToolUIPart(part) && getToolName(part) === 'add_tasks' ? outputOf(part) : undefined
    return output ? tasksOf(output) : []
  })
