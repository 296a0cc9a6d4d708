import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { choose, readOptions, refuse } from '@taskflow/command-line'
import type { Measurement, Ratio } from './measurement.ts'
import { short } from './measurement.ts'
import { apiWhileDraining } from './measurements/api-while-draining.ts'
import { burst } from './measurements/burst.ts'
import { completion } from './measurements/completion.ts'
import { drain } from './measurements/drain.ts'
import { history } from './measurements/history.ts'
import { latency } from './measurements/latency.ts'
import { lateness } from './measurements/lateness.ts'
import { postTasksMeasurement } from './measurements/post-tasks.ts'
import { recurrenceSpeed } from './measurements/recurrence-speed.ts'
import { search } from './measurements/search.ts'
import { sustained } from './measurements/sustained.ts'
import { threeConsumers } from './measurements/three-consumers.ts'
import { startTestbed } from './testbed.ts'

const usage = `npm run bench [-- options]

Measures how fast delivery is, as ratios to the bare transport (docs/performance.md).

  --only TEXT   only the measurements whose name contains TEXT
  --pairs N     rounds per measurement (5)
  --json FILE   write the ratios to FILE, too
  --help        this text`

const measurements: Measurement[] = [
  drain,
  latency,
  threeConsumers,
  postTasksMeasurement,
  apiWhileDraining,
  sustained,
  history,
  lateness,
  burst,
  completion,
  recurrenceSpeed,
  search,
]
const options = readOptions(usage, {
  json: { type: 'string' },
  only: { type: 'string' },
  pairs: { type: 'string' },
})
const pairs = Number(options.pairs ?? 5)
if (!Number.isInteger(pairs) || pairs < 1) refuse(usage, '--pairs must be a positive integer')
const chosen = choose(usage, measurements, options.only)

const machine = `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, Node ${process.versions.node}`
console.log(machine)
const testbed = await startTestbed((line) => console.log(line))
let interrupted = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interrupted = true
    testbed.stop().finally(() => process.exit(130))
  })
}
// Stop broker and database even when a library leaves a rejection unhandled.
process.on('unhandledRejection', (error) => {
  if (interrupted) return
  console.error(error)
  interrupted = true
  testbed.stop().finally(() => process.exit(1))
})
const ratios: Ratio[] = []
try {
  for (const { name, measure } of chosen) {
    const began = performance.now()
    ratios.push(...(await measure({ testbed, pairs, report: (line) => console.log(`  ${name}: ${line}`) })))
    console.log(`  ${name}: done in ${short((performance.now() - began) / 1_000)} s`)
  }
} catch (error) {
  // An interrupted measurement fails because its parts have stopped: not worth reporting.
  if (interrupted) await new Promise(() => {})
  console.error(error)
  process.exitCode = 1
}

const printTable = (found: Ratio[]): void => {
  const width = Math.max(...found.map(({ name }) => name.length))
  console.log(`\n${'ratio'.padEnd(width)}     value       goal       from`)
  for (const { name, value, goal, better, from } of found) {
    const reached = value !== undefined && (better === 'higher' ? value >= goal : value <= goal)
    const columns = [
      name.padEnd(width),
      (value === undefined ? 'not measured' : short(value)).padStart(9),
      `${better === 'higher' ? '>=' : '<='} ${short(goal)}`.padStart(9),
      value === undefined ? '      ' : reached ? 'ok    ' : 'missed',
      from,
    ]
    console.log(columns.join('  '))
  }
  if (!options.json) return
  const listed = found.map(({ name, value, goal, better }) => ({ name, value: value ?? null, goal, better }))
  writeFileSync(options.json, `${JSON.stringify({ machine, runs: pairs, ratios: listed }, undefined, 2)}\n`)
}

if (ratios.length > 0) printTable(ratios)
await testbed.stop()
// A library may have left a handle open.
process.exit()
