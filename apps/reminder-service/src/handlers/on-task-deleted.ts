import type { taskDeleted } from '@taskflow/event-contracts'
import type { Handler } from '@taskflow/service-kit'
import { buryTask } from '../domain/projection.ts'

/** A deleted task reminds of nothing any more. */
export const onTaskDeleted: Handler<typeof taskDeleted> = ({ task }, tx) => buryTask(tx, task)
