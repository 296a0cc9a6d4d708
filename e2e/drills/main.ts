import { choose, readOptions } from '@taskflow/command-line'
import { startMesh } from '@taskflow/local-mesh'
import { watchOutboxes } from '../faults/checks.ts'
import { type Drill, signingKey } from './drill.ts'
import { loseBoth, loseKafka } from './lose-kafka.ts'
import { purgeTopics, recreateTopic } from './purge-a-topic.ts'
import { resetOffsets } from './reset-offsets.ts'
import { restoreDatabase } from './restore-database.ts'
import { rotateSecrets } from './rotate-secrets.ts'

const usage = `npm run drills [-- options]

Runs recoveries as docs/runbooks describes them, each on its own mesh under a light load, and prints one line per drill.
Exits with 1 when something is lost or doubled that the runbook does not name.

  --only TEXT   only the drills whose name contains TEXT
  --help        this text`

const drills: Drill[] = [restoreDatabase, resetOffsets, purgeTopics, recreateTopic, rotateSecrets, loseKafka, loseBoth]

const { only } = readOptions(usage, { only: { type: 'string' } })
const chosen = choose(usage, drills, only)
console.log('lost  doubled  seconds  drill')
for (const { name, run } of chosen) {
  const mesh = await startMesh({ env: { AUDIT_SIGNING_KEY: signingKey }, report: (line) => console.log(line) })
  const interrupted = () => mesh.stop().then(() => process.exit(130))
  process.once('SIGINT', interrupted)
  const began = performance.now()
  try {
    await watchOutboxes(mesh.databaseUrl)
    const { lost, doubled, summary, remarks } = await run(mesh)
    const seconds = Math.round((performance.now() - began) / 1_000)
    const columns = [String(lost).padStart(4), String(doubled).padStart(7), String(seconds).padStart(7)]
    console.log(`${columns.join('  ')}  ${name}: ${summary}`)
    for (const remark of remarks) console.log(`        ${remark}`)
    if (lost + doubled + remarks.length > 0) process.exitCode = 1
  } catch (error) {
    console.log(`failed: ${name}: ${(error as Error).message}`)
    process.exitCode = 1
  } finally {
    process.off('SIGINT', interrupted)
    await mesh.stop()
  }
}
