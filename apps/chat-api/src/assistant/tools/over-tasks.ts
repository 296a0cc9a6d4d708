import type { Task } from '@taskflow/event-contracts'
import type { BaseDeps, Tx } from '@taskflow/service-kit'
import { z } from 'zod'
import { type Change, changedTasks, changeEach, taskIds } from './change-each.ts'
import { type Tool, type ToolCall, tool } from './tool.ts'

/** A tool that does the same to each of several tasks. Doing it again changes nothing more. */
export const overTasks = (
  deps: BaseDeps,
  {
    work,
    undo,
    areDeleted = false,
    ...about
  }: Pick<Tool, 'name' | 'title' | 'description' | 'effect'> & {
    work(tx: Tx, user_id: string, id: string): Promise<Task | undefined>
    undo(changes: Change[]): ToolCall[]
    /** They are deleted: not to be found before. */
    areDeleted?: boolean
  },
) =>
  tool({
    ...about,
    isIdempotent: true,
    input: z.strictObject({ ids: taskIds }),
    output: changedTasks,
    size: ({ ids }) => ids.length,
    run: ({ ids }, caller) =>
      changeEach(deps, caller, {
        items: ids,
        idOf: (id) => id,
        areDeleted,
        work: (tx, id) => work(tx, caller.user.user_id, id),
        undo,
      }),
  })
