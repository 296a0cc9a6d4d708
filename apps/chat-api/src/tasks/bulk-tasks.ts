import type { Task } from '@taskflow/event-contracts'
import { type BaseDeps, endpoint, type Principal, Problem, problem, readValue, type Tx } from '@taskflow/service-kit'
import {
  changeScope,
  completeTask,
  deleteTask,
  notesOnTask,
  reopenTask,
  restoreTask,
  seriesChoice,
  skipTask,
  taskDraftInput,
  taskPatchInput,
  updateTask,
} from '@taskflow/tasks'
import { z } from 'zod'
import { once } from '../http/idempotency.ts'
import { idParams, notes, taskAnswer, withNotes } from '../http/schemas.ts'
import { createWithDefaults } from './create-task.ts'
import { inSavepoint, withLockedTasks } from './with-locked-tasks.ts'

const maxOperations = 100

const target = { id: idParams.shape.id, if_version: z.int().min(1).optional() }
const operation = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('create'), task: taskDraftInput }),
  z.strictObject({ action: z.literal('update'), ...target, changes: taskPatchInput, scope: changeScope.optional() }),
  z.strictObject({ action: z.enum(['complete', 'reopen', 'skip', 'restore']), ...target }),
  z.strictObject({ action: z.literal('delete'), ...target, series: seriesChoice.optional() }),
])
type Operation = z.infer<typeof operation>

/**
 * An operation in the description only: one that is not valid is a problem of its own and no obstacle to the others.
 */
const described = z
  .unknown()
  .meta(z.toJSONSchema(operation, { io: 'input', unrepresentable: 'any' }))
  .meta({ id: 'BulkOperation' })

const result = z
  .object({ status: z.int(), task: taskAnswer.optional(), notes, problem: problem.optional() })
  .meta({ id: 'BulkResult' })
type Result = z.infer<typeof result>

const answer = z.object({ results: z.array(result) }).meta({ id: 'BulkResults' })

/**
 * Many changes in one request, each with a result of its own. All are one transaction, so that the answer is stored
 * with them in case the request is repeated, with a savepoint around each: what is refused leaves the others alone.
 */
export const bulkTasks = ({ transaction }: BaseDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/tasks/bulk',
    summary: 'Create and change up to 100 tasks; each has a result of its own',
    access: 'user',
    headers: ['Idempotency-Key'],
    body: z.strictObject({
      operations: z.array(described).min(1).max(maxOperations, `must be at most ${maxOperations} operations`),
    }),
    example: { operations: [{ action: 'create', task: { title: 'Pay rent' } }] },
    answers: { 200: answer },
    cost: ({ operations }) => operations.length,
    handle: async (request) => {
      const { user, body } = request
      const read = body.operations.map((each) => settled(() => readValue(operation, each)))
      return withLockedTasks(
        (work) => once(transaction, 'bulk', request, work),
        user.user_id,
        read.flatMap(idsIn),
        async (tx) => {
          const results: Result[] = []
          for (const each of read) results.push(await saved(tx, user, each))
          return { status: 200, body: { results } }
        },
      )
    },
  })

const saved = async (tx: Tx, user: Principal, each: Operation | Problem): Promise<Result> => {
  const done = each instanceof Problem ? each : await inSavepoint(tx, () => carryOut(tx, user, each))
  return done instanceof Problem ? refused(done) : done
}

const carryOut = async (tx: Tx, user: Principal, each: Operation): Promise<Result> => {
  const { user_id } = user
  switch (each.action) {
    case 'create': {
      const task = await createWithDefaults(tx, user, each.task)
      return withNotes({ status: 201, task }, notesOnTask(task))
    }
    case 'update': {
      const { id, changes, scope, if_version: expectedVersion } = each
      return shown(await updateTask(tx, user_id, id, changes, { scope, expectedVersion }))
    }
    case 'delete':
      await deleteTask(tx, user_id, each.id, { expectedVersion: each.if_version, series: each.series })
      return { status: 204 }
    default:
      return shown(await actions[each.action](tx, user_id, each.id, each.if_version))
  }
}

const actions = { complete: completeTask, reopen: reopenTask, skip: skipTask, restore: restoreTask }

const shown = (task: Task | undefined): Result => (task ? { status: 200, task } : { status: 204 })

const refused = (error: Problem): Result => ({ status: error.status, problem: error.body() as z.infer<typeof problem> })

const settled = <Value>(read: () => Value): Value | Problem => {
  try {
    return read()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

const idsIn = (each: Operation | Problem): string[] => ('id' in each ? [each.id] : [])
