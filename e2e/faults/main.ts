import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startMesh } from '@taskflow/local-mesh'
import { cases } from './cases.ts'
import { type Findings, watchOutboxes } from './checks.ts'
import { isBroken, runCase } from './run-case.ts'

/**
 * `npm run faults`: every case on one mesh, one line each; exit 1 if an invariant broke. `-- --only TEXT` runs the
 * cases whose name holds it, `-- --json FILE` writes the results too.
 */
const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string', default: '' } } })
const chosen = cases.filter(({ name }) => name.includes(values.only))
const results: (Omit<Findings, 'remarks'> & { name: string })[] = []
console.log('events  writes/s  lost  doubled  reordered  recovered  case')
const mesh = await startMesh({ report: (line) => console.log(line) })
process.on('SIGINT', () => mesh.stop().then(() => process.exit(130)))
try {
  await watchOutboxes(mesh.databaseUrl)
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
      break
    }
  }
} finally {
  if (values.json) writeFileSync(values.json, JSON.stringify({ cases: results }, undefined, 2))
  await mesh.stop()
}
