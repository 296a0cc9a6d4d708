import type { Mesh } from '@taskflow/test-kit'
import type { FaultCase } from './cases.ts'
import { check, type Findings, untilQuiet } from './checks.ts'
import { startLoad } from './load.ts'

/** Runs a case: people write, harm is done, they stop, the mesh comes to rest, and everything is counted. */
export const runCase = async (
  mesh: Mesh,
  { harm }: FaultCase,
  options = { people: 20, rate: 250 },
): Promise<Findings> => {
  const load = await startLoad(mesh, options)
  try {
    await harm(mesh)
  } finally {
    await load.stop()
  }
  const recovered_s = await untilQuiet(mesh)
  await mesh.ready()
  return { ...(await check(mesh, load.acknowledged)), recovered_s: Math.round(recovered_s * 10) / 10 }
}

/** Whether an invariant broke. */
export const isBroken = ({ lost, doubled, reordered }: Findings): boolean => lost + doubled + reordered > 0
