import type { Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { z } from 'zod'
import { type Change, changedTasks, changeEach, taskIds } from './change-each.ts'
import { type ToolCall, type WriteTool, writeTool } from './tool.ts'

/** A tool that does the same to each of several tasks; a second, equal call changes nothing more. */
export const taskBatchTool = ({
  change,
  undo,
  areDeleted = false,
  ...about
}: Pick<WriteTool, 'name' | 'title' | 'description' | 'effect'> & {
  change(tx: Tx, user_id: string, id: string): Promise<Task | undefined>
  undo(changes: Change[]): ToolCall[]
  /** The tasks are deleted ones, which cannot be read before the change. */
  areDeleted?: boolean
}) =>
  writeTool({
    ...about,
    isIdempotent: true,
    input: z.strictObject({ ids: taskIds }),
    output: changedTasks,
    touches: ({ ids }) => ({ tasks: ids, series: [], creates: [], texts: [] }),
    withoutTasks: ({ ids }, left) => ({ ids: ids.filter((id) => !left.has(id)) }),
    run: (tx, { ids }, caller) =>
      changeEach(tx, caller, {
        items: ids,
        idOf: (id) => id,
        areDeleted,
        change: (id) => change(tx, caller.user.user_id, id),
        undo,
      }),
  })
