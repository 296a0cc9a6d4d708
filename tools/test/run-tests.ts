import { globSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { startTestPostgres } from './postgres.ts'

/**
 * Runs the tests of one project (the current folder) and writes how many passed and failed to
 * .taskflow/test-results/<project>.json. Starts a Postgres when none is given (npx nx test PROJECT).
 */
const [project = 'unnamed', ...patterns] = process.argv.slice(2)
const root = join(import.meta.dirname, '../..')

const files = globSync(patterns.length > 0 ? patterns : ['test/**/*.test.ts']).map((file) => join(process.cwd(), file))
const postgres = process.env.TEST_DATABASE_URL ? undefined : await startTestPostgres()
if (postgres) process.env.TEST_DATABASE_URL = postgres.databaseUrl

const totals = { passed: 0, failed: 0, skipped: 0 }
try {
  const stream = run({
    files,
    // A mesh is eleven processes: two at once starve each other on a small machine.
    concurrency: project === 'e2e' ? 1 : 2,
    ...(process.env.TEST_NAME ? { testNamePatterns: [process.env.TEST_NAME] } : {}),
  })
  stream.on('test:summary', ({ file, counts }) => {
    if (file !== undefined) return
    totals.passed = counts.passed
    totals.skipped = counts.skipped + counts.todo
    totals.failed = counts.tests - counts.passed - counts.skipped - counts.todo
  })
  const report = stream.compose(spec)
  report.pipe(process.stdout)
  await finished(report)
} finally {
  await postgres?.stop()
}

const folder = join(root, '.taskflow/test-results')
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, `${project}.json`), JSON.stringify(totals))
if (files.length === 0) console.error(`${project} has no tests`)
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0
