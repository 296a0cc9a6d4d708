import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { mutations } from '../faults/mutations.ts'
import { runMutation } from '../faults/run-mutation.ts'

/** A check that cannot fail proves nothing: breaks each rule in the running code; the suite must fail. */
describe('the fault suite fails when', () => {
  for (const mutation of mutations.filter(({ quick }) => quick)) {
    test(mutation.name, async () => {
      const { found, says } = await runMutation(mutation)
      assert.ok(found, says)
    })
  }
})
