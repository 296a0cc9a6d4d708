import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { serviceNames } from '@taskflow/service-kit'
import { check, type Findings, untilQuiet } from './checks.ts'
import type { FaultCase } from './fault-case.ts'
import type { FaultMesh } from './fault-mesh.ts'
import { startLoad } from './load.ts'

/** What a service and its sidecar may take in a pod, in MiB (k8s/base/services/pod.yaml). */
const memoryLimits = { app: 512, sidecar: 384 }

/** Runs a case: injects the fault under load, stops the load, waits until the mesh is quiet, and counts everything. */
export const runCase = async (
  mesh: FaultMesh,
  { inject, load: own, repeatsMails, recoversWithin = 15 }: FaultCase,
  { people = 20, rate = 250, quietWithin = 240, isTimed = false } = {},
): Promise<Findings & { writes_per_s: number }> => {
  const load = await startLoad(mesh, own ?? { people, rate })
  const injected = await inject(mesh, load, isTimed).then(
    (verify) => ({ verify }),
    (error: Error) => ({ error }),
  )
  if ('error' in injected) {
    // What the case says counts, not what became of the load.
    await Promise.race([load.stop().catch(() => {}), delay(10_000)])
    throw injected.error
  }
  await load.stop()
  const { verify } = injected
  const { seconds, last } = await untilQuiet(mesh, quietWithin)
  const mailUrl = repeatsMails ? undefined : mesh.mailUrl
  const found = await check(mesh, load.acknowledged, { found: mesh.found, mailUrl })
  if (seconds === undefined) found.remarks.push(`not quiet after ${quietWithin} s: ${last}`)
  else if (isTimed && seconds > recoversWithin)
    found.remarks.push(`quiet after ${seconds.toFixed(1)} s, not ${recoversWithin} s`)
  if (verify) found.remarks.push(...(await verify()))
  await mesh.ready()
  found.remarks.push(...tooLarge(mesh))
  return {
    ...found,
    recovered_s: Math.round((seconds ?? quietWithin) * 10) / 10,
    writes_per_s: Math.round(load.acknowledged.writes / load.acknowledged.seconds),
  }
}

const tooLarge = ({ members }: FaultMesh): string[] =>
  serviceNames.flatMap((name) =>
    (['app', 'sidecar'] as const).flatMap((part) => {
      const peak = peakMemory(members[name][part].pid())
      return peak > memoryLimits[part] ? [`the ${part} of ${name} took ${peak} MiB of ${memoryLimits[part]}`] : []
    }),
  )

/**
 * The most memory that a process has had, in MiB, without the files that are mapped into it, which count for nobody when
 * memory is short; 0 where the system does not say.
 */
const peakMemory = (pid: number | undefined): number => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0)
    return Math.round((of('VmHWM') - of('RssFile')) / 1_024)
  } catch {
    return 0
  }
}

/** Whether an invariant broke or the mesh did not become quiet. */
export const isBroken = ({ lost, doubled, reordered, remarks }: Findings): boolean =>
  lost + doubled + reordered + remarks.length > 0
