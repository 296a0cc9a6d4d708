import assert from 'node:assert/strict'
import { Problem } from '@taskflow/service-kit'

/** A decision that refuses with this status, and at this field if it is a 422. */
export const assertRefused = (decide: () => unknown, status: number, path?: string): void => {
  assert.throws(decide, (error: unknown) => {
    assert.ok(error instanceof Problem, String(error))
    assert.deepEqual([error.status, error.errors[0]?.path], [status, path])
    return true
  })
}
