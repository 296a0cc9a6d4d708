import { type ChatActionRow, tasks } from '@taskflow/database'
import { Problem, type Tx } from '@taskflow/service-kit'
import { and, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import type { AssistantDeps } from '../../deps.ts'
import { inToolTransaction, readStoredCall, runWriteTool, type StoredCall } from '../../tools/run-tool.ts'
import type { Caller } from '../../tools/tool.ts'
import { findAction, lockAction, settle } from '../actions.ts'

/** What an undo did. */
export const undone = z.object({
  calls: z.array(z.object({ tool: z.string(), output: z.record(z.string(), z.unknown()) })),
  left: z
    .array(z.object({ id: z.uuid(), reason: z.string() }))
    .meta({ description: 'tasks that were changed since, and stay as they are' }),
})

/**
 * Undoes an action once, in one transaction; tasks that were changed since stay as they are. Problems: 404, 409 when it
 * was not done, was undone already, cannot be undone, or all of it was changed since; and those of the tools.
 */
export const undoChanges = async (deps: AssistantDeps, caller: Caller, id: string): Promise<ChatActionRow> => {
  const { user_id } = caller.user
  const callsOf = ({ undo }: ChatActionRow) => undo.map((call) => readStoredCall(deps.tools, call))
  const touchedBy = (calls: StoredCall[]) => calls.flatMap(({ touched }) => touched.tasks)
  const task_ids = touchedBy(callsOf(await findAction(deps.db, user_id, id)))
  return inToolTransaction(deps, caller, task_ids, async (tx) => {
    const action = await lockAction(tx, user_id, id)
    if (action.state === 'undone') throw new Problem('conflict', 'this was taken back already')
    if (action.state !== 'done') throw new Problem('conflict', 'this was not done, so there is nothing to take back')
    if (action.undo.length === 0) throw new Problem('conflict', 'this cannot be taken back')
    const calls = callsOf(action)
    const changed = await changedSince(tx, user_id, action, touchedBy(calls))
    const rest = calls.flatMap((call) => withoutTasks(call, changed))
    if (rest.length === 0) throw new Problem('conflict', 'all of it was changed since, so nothing was taken back')
    const outputs: z.infer<typeof undone>['calls'] = []
    for (const { tool, input } of rest) {
      const { output } = await runWriteTool(tx, tool, input, caller)
      outputs.push({ tool: tool.name, output })
    }
    const left = [...changed].map((id) => ({ id, reason: 'was changed since' }))
    return settle(tx, action, { state: 'undone', undone: { calls: outputs, left } })
  })
}

/** Which of the tasks that undoing it touches are no longer as the action left them. */
const changedSince = async (
  tx: Tx,
  user_id: string,
  { output }: ChatActionRow,
  touched: string[],
): Promise<Set<string>> => {
  const results = (output?.results ?? []) as { task?: { id: string; version: number } }[]
  const versionsLeft = new Map(results.flatMap(({ task }) => (task ? [[task.id, task.version]] : [])))
  const ids = touched.filter((id) => versionsLeft.has(id))
  if (ids.length === 0) return new Set()
  const rows = await tx
    .select({ id: tasks.id, version: tasks.version })
    .from(tasks)
    .where(and(inArray(tasks.id, ids), eq(tasks.user_id, user_id)))
  const versionsNow = new Map(rows.map(({ id, version }) => [id, version]))
  return new Set(ids.filter((id) => versionsNow.get(id) !== versionsLeft.get(id)))
}

/** A call without some of its tasks; none when nothing is left of it or the tool cannot leave tasks out. */
const withoutTasks = (call: StoredCall, ids: ReadonlySet<string>): StoredCall[] => {
  const { tool, input, touched } = call
  const kept = touched.tasks.filter((id) => !ids.has(id))
  if (kept.length === touched.tasks.length) return [call]
  if (kept.length === 0 || !tool.withoutTasks) return []
  return [{ ...call, input: tool.withoutTasks(input, ids) }]
}
