import { type ChatActionRow, tasks } from '@taskflow/database'
import { Problem, type Tx } from '@taskflow/service-kit'
import { and, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import type { AssistantDeps } from '../deps.ts'
import type { Caller, ToolCall } from '../tools/tool.ts'
import { findAction, lockAction, settle } from './actions.ts'
import { idsIn } from './concern.ts'
import { inOneTransaction, runWithin } from './perform.ts'

/** What became of taking something back. */
export const undone = z.object({
  calls: z.array(z.object({ tool: z.string(), output: z.record(z.string(), z.unknown()) })),
  left: z
    .array(z.object({ id: z.uuid(), reason: z.string() }))
    .meta({ description: 'tasks that were changed since, and stay as they are' }),
})

/**
 * Takes back what was done, all of it in one go and once; tasks that were changed since stay as they are. Problems: 404, 409
 * when it was not done, was taken back already, cannot be, or nothing of it is as it was left; and those of the tools.
 */
export const undoAction = async (deps: AssistantDeps, caller: Caller, id: string): Promise<ChatActionRow> => {
  const { user_id } = caller.user
  const { undo } = await findAction(deps.db, user_id, id)
  return inOneTransaction(deps, caller, undo, async (tx) => {
    const action = await lockAction(tx, user_id, id)
    if (action.state === 'undone') throw new Problem('conflict', 'this was taken back already')
    if (action.state !== 'done') throw new Problem('conflict', 'this was not done, so there is nothing to take back')
    if (action.undo.length === 0) throw new Problem('conflict', 'this cannot be taken back')
    const changed = await changedSince(tx, user_id, action)
    const calls = action.undo.flatMap((call) => without(call, changed))
    if (calls.length === 0) throw new Problem('conflict', 'all of it was changed since, so nothing was taken back')
    const outputs: z.infer<typeof undone>['calls'] = []
    for (const call of calls) {
      const { output } = await runWithin(deps, tx, call, caller)
      outputs.push({ tool: call.tool, output })
    }
    const left = [...changed].map((id) => ({ id, reason: 'was changed since' }))
    return settle(tx, action, { state: 'undone', undone: { calls: outputs, left } })
  })
}

/** Which tasks are no longer as the action left them. */
const changedSince = async (tx: Tx, user_id: string, { output, undo }: ChatActionRow): Promise<Set<string>> => {
  const results = (output?.results ?? []) as { task?: { id: string; version: number } }[]
  const left = new Map(results.flatMap(({ task }) => (task ? [[task.id, task.version]] : [])))
  const ids = undo.flatMap(({ input }) => idsIn(input)).filter((id) => left.has(id))
  if (ids.length === 0) return new Set()
  const now = await tx
    .select({ id: tasks.id, version: tasks.version })
    .from(tasks)
    .where(and(inArray(tasks.id, ids), eq(tasks.user_id, user_id)))
  const versions = new Map(now.map(({ id, version }) => [id, version]))
  return new Set(ids.filter((id) => versions.get(id) !== left.get(id)))
}

/** A call without some of the tasks it is about; none when nothing is left of it. */
const without = (call: ToolCall, ids: Set<string>): ToolCall[] => {
  if (ids.size === 0) return [call]
  const keeps = (id: string) => !ids.has(id)
  const { id, ids: several, updates } = call.input as { id?: string; ids?: string[]; updates?: { id: string }[] }
  if (id !== undefined) return keeps(id) ? [call] : []
  const input = {
    ...call.input,
    ...(several ? { ids: several.filter(keeps) } : {}),
    ...(updates ? { updates: updates.filter((each) => keeps(each.id)) } : {}),
  }
  return Object.values(input).some((each) => Array.isArray(each) && each.length === 0) ? [] : [{ ...call, input }]
}
