import type { Mesh } from '@taskflow/local-mesh'
import { newSigningKey } from '@taskflow/local-mesh'
import { untilQuiet } from '../faults/checks.ts'

/** What came of a drill. `lost` and `doubled` must be 0: what the page says is lost, and names, does not count. */
export interface Outcome {
  lost: number
  doubled: number
  /** The figures of this drill, as one phrase. */
  told: string
  /** What exactly is wrong, for the reader. */
  remarks: string[]
}

/** A recovery, done on a real mesh as its page in docs/runbooks says. Each has a mesh of its own: some leave ruins. */
export interface Drill {
  name: string
  run: (mesh: Mesh) => Promise<Outcome>
}

export const fewPeople = { people: 10, rate: 60 }

/** Of all meshes of the drills, so that a drill can verify what was signed. */
export const signingKey = newSigningKey()

/**
 * As untilQuiet, but the audit log may hold another number of events than there were: more after a restore, fewer when Kafka
 * was lost. Answers what is still going on; undefined when nothing is.
 */
export const untilSettled = async (mesh: Mesh, atMost = 120): Promise<string | undefined> => {
  let last = ''
  for (const deadline = Date.now() + atMost * 1_000; Date.now() < deadline; ) {
    const found = await untilQuiet(mesh, 4)
    if (found.seconds !== undefined) return undefined
    last = found.last
    const { unaudited: _, lag, ...counts } = JSON.parse(last) as Record<string, string | number>
    if (lag === 0 && Object.values(counts).every((count) => count === '0')) return undefined
  }
  return `not quiet after ${atMost} s: ${last}`
}
