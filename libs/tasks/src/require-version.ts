import type { Task } from '@taskflow/event-contracts'
import { Problem } from '@taskflow/service-kit'

/** Refuses a change that was decided on another version of the task (HTTP If-Match). */
export const requireVersion = (task: Task, expected: number | undefined): void => {
  if (expected === undefined || task.version === expected) return
  throw new Problem('precondition-failed', `the task is at version ${task.version} now, not ${expected}; read it again`)
}
