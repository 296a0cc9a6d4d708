import { writeFileSync } from 'node:fs'
import { choose, readOptions } from '@taskflow/command-line'
import { cases } from './cases.ts'
import type { Findings } from './checks.ts'
import { startFaultMesh } from './fault-mesh.ts'
import { isBroken, runCase } from './run-case.ts'

const usage = `npm run faults [-- options]

Runs every fault case on one mesh and prints one line per case. Exits with 1 when an invariant is broken.

  --only TEXT   only the cases whose name contains TEXT
  --json FILE   write the results to FILE, too
  --help        this text`

const options = readOptions(usage, { json: { type: 'string' }, only: { type: 'string' } })
const chosen = choose(usage, cases, options.only)
const results: (Omit<Findings, 'remarks'> & { name: string })[] = []
console.log('events  writes/s  lost  doubled  reordered  recovered  case')
const mesh = await startFaultMesh({ report: (line) => console.log(line) })
process.on('SIGINT', () => mesh.stop().then(() => process.exit(130)))
try {
  for (const each of chosen) {
    try {
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
      if (isBroken({ ...found, remarks })) process.exitCode = 1
    } catch (error) {
      console.log(`failed: ${each.name}: ${(error as Error).message}`)
      process.exitCode = 1
    }
  }
} finally {
  if (options.json) writeFileSync(options.json, JSON.stringify({ cases: results }, undefined, 2))
  await mesh.stop()
}
