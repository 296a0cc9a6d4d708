import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cases } from './cases.ts'
import { startFaultMesh } from './fault-mesh.ts'
import type { Mutation } from './mutation.ts'
import { runCase } from './run-case.ts'

/**
 * Runs the case of a mutation on a mesh whose services run the mutated code. `found`: the case has found what it must;
 * `says` is what it has found.
 */
export const runMutation = async ({ edits, faultCase, finds }: Mutation): Promise<{ found: boolean; says: string }> => {
  for (const { file, from } of edits) {
    const source = readFileSync(join(import.meta.dirname, '../..', file), 'utf8')
    if (!source.includes(from)) throw new Error(`${file} no longer contains ${from}`)
  }
  const chosen = cases.find((each) => each.name.startsWith(faultCase))
  if (!chosen) throw new Error(`no case begins with ${faultCase}`)
  const mesh = await startFaultMesh({ edits })
  try {
    const { lost, doubled, reordered, remarks } = await runCase(mesh, chosen, { quietWithin: 15 })
    const says = remarks.join('; ') || 'nothing'
    const found = typeof finds === 'string' ? { lost, doubled, reordered }[finds] > 0 : finds.test(says)
    return { found, says }
  } catch (error) {
    const says = (error as Error).message
    return { found: typeof finds !== 'string' && finds.test(says), says }
  } finally {
    await mesh.stop()
  }
}
