import { writeFileSync } from 'node:fs'
import { choose, readOptions } from '@taskflow/command-line'
import { cases } from './cases.ts'
import type { Findings } from './checks.ts'
import type { FaultCase } from './fault-case.ts'
import { type FaultMesh, startFaultMesh } from './fault-mesh.ts'
import { mutations } from './mutations.ts'
import { isBroken, runCase } from './run-case.ts'
import { runMutation } from './run-mutation.ts'

const usage = `npm run faults [-- options]

Runs every fault case and prints one line per case. Exits with 1 when an invariant is broken.

  --mutations   instead, breaks each rule of docs/delivery.md in the running code, and exits with 1 when
                its case does not find that
  --only TEXT   only the cases or mutations whose name contains TEXT
  --json FILE   write the results of the cases to FILE, too
  --help        this text`

const options = readOptions(usage, {
  json: { type: 'string' },
  only: { type: 'string' },
  mutations: { type: 'boolean' },
})
const results: (Omit<Findings, 'remarks'> & { name: string })[] = []
let mesh: FaultMesh | undefined
process.on('SIGINT', () => Promise.resolve(mesh?.stop()).then(() => process.exit(130)))

/** Whether the case found nothing. */
const runOne = async (mesh: FaultMesh, each: FaultCase): Promise<boolean> => {
  try {
    const obstacle = await each.obstacle?.()
    if (obstacle) {
      console.log(`skipped: ${each.name}: ${obstacle}`)
      return true
    }
    const { remarks, writes_per_s, ...found } = await runCase(mesh, each, { people: 25, rate: 400, isTimed: true })
    results.push({ name: each.name, ...found })
    const { events, lost, doubled, reordered, recovered_s } = found
    const columns = [
      String(events).padStart(6),
      String(writes_per_s).padStart(8),
      String(lost).padStart(4),
      String(doubled).padStart(7),
      String(reordered).padStart(9),
      `${recovered_s} s`.padStart(9),
    ]
    console.log(`${columns.join('  ')}  ${each.name}`)
    for (const remark of remarks) console.log(`        ${remark}`)
    return !isBroken({ ...found, remarks })
  } catch (error) {
    console.log(`failed: ${each.name}: ${(error as Error).message}`)
    return false
  }
}

/** The cases on meshes of their kind, one after the other; after one that found something, the next gets a new mesh. */
const runCases = async (chosen: FaultCase[]): Promise<void> => {
  console.log('events  writes/s  lost  doubled  reordered  recovered  case')
  for (const [brokers, own] of Map.groupBy(chosen, (each) => each.brokers ?? 1)) {
    for (let next = 0; next < own.length; ) {
      mesh = await startFaultMesh({ brokers, report: (line) => console.log(line) })
      try {
        for (let isGood = true; isGood && next < own.length; next++) {
          isGood = await runOne(mesh, own[next]!)
          if (!isGood) process.exitCode = 1
        }
      } finally {
        if (options.json) writeFileSync(options.json, JSON.stringify({ cases: results }, undefined, 2))
        await mesh.stop()
      }
    }
  }
}

const runMutations = async (): Promise<void> => {
  console.log('found  seconds  rule: mutation')
  for (const mutation of choose(usage, mutations, options.only)) {
    const began = performance.now()
    const { found, says } = await runMutation(mutation)
    const seconds = String(Math.round((performance.now() - began) / 1_000)).padStart(7)
    console.log(`${found ? 'yes  ' : 'NO   '}  ${seconds}  ${mutation.rule}: ${mutation.name}`)
    console.log(`                  by: ${mutation.faultCase}: ${says}`)
    if (!found) process.exitCode = 1
  }
}

await (options.mutations ? runMutations() : runCases(choose(usage, cases, options.only)))
