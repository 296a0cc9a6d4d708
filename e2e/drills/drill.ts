import type { Mesh } from '@taskflow/local-mesh'
import { newSigningKey } from '@taskflow/local-mesh'
import { untilQuiet } from '../faults/checks.ts'

/** Outcome of a drill. `lost` and `doubled` must be 0; losses that the runbook names do not count. */
export interface Outcome {
  lost: number
  doubled: number
  /** The figures of this drill, as one phrase. */
  summary: string
  /** Details of what is wrong. */
  remarks: string[]
}

/**
 * A recovery on a real mesh, following its page in docs/runbooks. Each has its own mesh, because some leave it broken.
 */
export interface Drill {
  name: string
  run: (mesh: Mesh) => Promise<Outcome>
}

export const lightLoad = { people: 10, rate: 60 }

/** Used by the meshes of all drills, so that a drill can verify signatures. */
export const signingKey = newSigningKey()

/**
 * As untilQuiet, but ignores the number of events in the audit log: it is higher after a restore, lower after the loss
 * of Kafka. Returns what is still pending; undefined when nothing is.
 */
export const untilSettled = async (mesh: Mesh, timeoutSeconds = 120): Promise<string | undefined> => {
  let last = ''
  for (const deadline = Date.now() + timeoutSeconds * 1_000; Date.now() < deadline; ) {
    const found = await untilQuiet(mesh, 4)
    if (found.seconds !== undefined) return undefined
    last = found.last
    const { unaudited: _, lag, ...counts } = JSON.parse(last) as Record<string, string | number>
    if (lag === 0 && Object.values(counts).every((count) => count === '0')) return undefined
  }
  return `not quiet after ${timeoutSeconds} s: ${last}`
}
