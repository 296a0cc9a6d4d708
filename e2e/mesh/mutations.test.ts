import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { cases } from '../faults/cases.ts'
import { startFaultMesh } from '../faults/fault-mesh.ts'
import { mutations } from '../faults/mutations.ts'
import { runCase } from '../faults/run-case.ts'

/** A check that cannot fail proves nothing: breaks each rule in the running code; the suite must fail. */
describe('the fault suite fails when', () => {
  for (const { name, edits, faultCase, finds } of mutations) {
    test(name, async (t) => {
      for (const { file, from } of edits) {
        const source = readFileSync(join(import.meta.dirname, '../..', file), 'utf8')
        assert.ok(source.includes(from), `${file} no longer contains ${from}`)
      }
      const mesh = await startFaultMesh({
        nodeArguments: ['--import', join(import.meta.dirname, '../faults/mutate.ts')],
        env: { FAULTS_MUTATION: JSON.stringify(edits) },
      })
      t.after(() => mesh.stop())
      const found = await runCase(mesh, cases.find((each) => each.name.startsWith(faultCase))!, { quietWithin: 15 })
      assert.notEqual(found[finds], 0, JSON.stringify(found))
    })
  }
})
