import type { Task } from '@taskflow/event-contracts'
import { Problem, type Tx } from '@taskflow/service-kit'
import { findTask, notesOnTask } from '@taskflow/tasks'
import { z } from 'zod'
import { notes, withNotes } from '../../http/schemas.ts'
import { inSavepoint } from '../../tasks/with-locked-tasks.ts'
import { taskView, viewOf } from './task-view.ts'
import type { Caller, ToolCall, ToolResult } from './tool.ts'

export const maxTasks = 100

export const taskIds = z.array(z.uuid()).min(1).max(maxTasks, `must be at most ${maxTasks} tasks`)

/** What became of each of several tasks, in the order in which they were given. */
export const changedTasks = z.object({
  results: z.array(
    z.object({
      id: z.uuid().optional(),
      status: z.enum(['done', 'refused']),
      task: taskView.optional(),
      reason: z.string().optional().meta({ description: 'why it was refused' }),
      notes,
    }),
  ),
  done: z.int(),
  refused: z.int(),
})
type ChangedTasks = z.infer<typeof changedTasks>

/** A changed task: a new one has no `before`, a deleted one no `after`. */
export interface Change {
  before?: Task
  after?: Task
}

/** Makes several changes, each with a result of its own: one that is refused leaves the others alone. */
export const changeEach = async <Item>(
  tx: Tx,
  { user, signal, onProgress }: Caller,
  call: {
    items: Item[]
    /** The task that an item changes; undefined for a new one. */
    idOf(item: Item): string | undefined
    /** The tasks are deleted ones, which cannot be read before the change. */
    areDeleted?: boolean
    change(item: Item, before: Task | undefined): Promise<Task | undefined>
    undo(changes: Change[]): ToolCall[]
  },
): Promise<ToolResult<ChangedTasks>> => {
  const { items, idOf, areDeleted = false, change, undo } = call
  const outcomes: (Change | Problem)[] = []
  for (const item of items) {
    signal?.throwIfAborted()
    const outcome = await inSavepoint(tx, async (): Promise<Change> => {
      const id = idOf(item)
      const before = id === undefined || areDeleted ? undefined : await findTask(tx, user.user_id, id)
      const after = await change(item, before)
      return { ...(before ? { before } : {}), ...(after ? { after } : {}) }
    })
    outcomes.push(outcome)
    onProgress?.(outcomes.length, items.length)
  }
  const changes = outcomes.filter((outcome): outcome is Change => !(outcome instanceof Problem))
  return {
    output: {
      results: outcomes.map((outcome, index) => resultOf(idOf(items[index]!), outcome)),
      done: changes.length,
      refused: outcomes.length - changes.length,
    },
    undo: changes.length === 0 ? [] : undo(changes),
  }
}

const resultOf = (id: string | undefined, outcome: Change | Problem): ChangedTasks['results'][number] => {
  if (outcome instanceof Problem) return { ...(id ? { id } : {}), status: 'refused', reason: outcome.message }
  const { before, after } = outcome
  const changesRule = after && after.recurrence_rule !== (before?.recurrence_rule ?? null)
  return withNotes(
    { id: (after ?? before)!.id, status: 'done' as const, ...(after ? { task: viewOf(after) } : {}) },
    changesRule ? notesOnTask(after) : [],
  )
}

/** A call of a tool for these tasks; no call for none. */
export const callFor = (tool: string, tasks: (Task | undefined)[]): ToolCall[] => {
  const ids = tasks.flatMap((task) => task?.id ?? [])
  return ids.length === 0 ? [] : [{ tool, input: { ids } }]
}
