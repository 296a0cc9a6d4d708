import { check, type Findings, untilQuiet } from './checks.ts'
import type { FaultCase } from './fault-case.ts'
import type { FaultMesh } from './fault-mesh.ts'
import { startLoad } from './load.ts'

/** Runs a case: injects the fault under load, stops the load, waits until the mesh is quiet, and counts everything. */
export const runCase = async (
  mesh: FaultMesh,
  { inject, load: own, recoversWithin = 15 }: FaultCase,
  { people = 20, rate = 250, quietWithin = 240, isTimed = false } = {},
): Promise<Findings & { writes_per_s: number }> => {
  const load = await startLoad(mesh, own ?? { people, rate })
  let verify: Awaited<ReturnType<FaultCase['inject']>>
  try {
    verify = await inject(mesh, load, isTimed)
  } finally {
    await load.stop()
  }
  const { seconds, last } = await untilQuiet(mesh, quietWithin)
  const found = await check(mesh, load.acknowledged)
  if (seconds === undefined) found.remarks.push(`not quiet after ${quietWithin} s: ${last}`)
  else if (isTimed && seconds > recoversWithin)
    found.remarks.push(`quiet after ${seconds.toFixed(1)} s, not ${recoversWithin} s`)
  if (verify) found.remarks.push(...(await verify()))
  await mesh.ready()
  return {
    ...found,
    recovered_s: Math.round((seconds ?? quietWithin) * 10) / 10,
    writes_per_s: Math.round(load.acknowledged.writes / load.acknowledged.seconds),
  }
}

/** Whether an invariant broke or the mesh did not become quiet. */
export const isBroken = ({ lost, doubled, reordered, remarks }: Findings): boolean =>
  lost + doubled + reordered + remarks.length > 0
