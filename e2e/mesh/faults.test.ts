import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { cases } from '../faults/cases.ts'
import { type FaultMesh, startFaultMesh } from '../faults/fault-mesh.ts'
import { runCase } from '../faults/run-case.ts'

/** The shorter cases of `npm run faults`, under load. */
describe('nothing is lost, doubled or reordered', () => {
  let mesh: FaultMesh
  before(async () => {
    mesh = await startFaultMesh()
  })
  after(() => mesh?.stop())

  for (const each of cases.filter(({ quick }) => quick)) {
    test(each.name, async () => {
      const { lost, doubled, reordered, remarks } = await runCase(mesh, each)
      assert.deepEqual({ lost, doubled, reordered, remarks }, { lost: 0, doubled: 0, reordered: 0, remarks: [] })
    })
  }
})
