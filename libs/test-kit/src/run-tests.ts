import { globSync, mkdirSync, writeFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { parseArgs } from 'node:util'
import { startTestPostgres, workspaceRoot } from '@taskflow/local-mesh'

/**
 * node run-tests.ts PROJECT FOLDER [--in test] [FILE...]
 *
 * Runs the tests under `test/` (or `--in`) of a project's folder, or only the named files, relative to the folder.
 * Files run two at a time. TEST_NAME selects tests by a part of their name. Starts a
 * Postgres unless TEST_DATABASE_URL names one. Writes the counts to .taskflow/test-results/PROJECT.json for `npm test`
 * (or to the folder TEST_RESULTS). Exits with 1 when a test fails or none was selected. A test fails after
 * TEST_TIMEOUT milliseconds (4 minutes by default); twice as long without any result ends the run.
 */
const { values, positionals } = parseArgs({
  options: { in: { type: 'string', default: 'test' } },
  allowPositionals: true,
})
const [project, folder, ...patterns] = positionals
if (!project || !folder) throw new Error('Usage: node run-tests.ts PROJECT FOLDER [--in test] [FILE...]')
const all = `${values.in}/**/*.test.ts`

const testTimeout = Number(process.env.TEST_TIMEOUT ?? 240_000)
const silenceTimeout = testTimeout * 2

// Tests read files of their project by relative paths.
process.chdir(resolve(workspaceRoot, folder))
const files = globSync(patterns.length > 0 ? patterns : [all]).map((file) => resolve(file))
const postgres = process.env.TEST_DATABASE_URL ? undefined : await startTestPostgres()
if (postgres) process.env.TEST_DATABASE_URL = postgres.databaseUrl

const counts = { passed: 0, failed: 0, skipped: 0 }
const silence = new AbortController()
try {
  const stream = run({
    files,
    concurrency: 2,
    execArgv: [`--test-timeout=${testTimeout}`],
    signal: silence.signal,
    ...(process.env.TEST_NAME ? { testNamePatterns: [process.env.TEST_NAME] } : {}),
  })
  // A test that is stuck fails by its timeout; a file whose process does not end, or is blocked, only says nothing more.
  const unfinished = new Set(files)
  const silent = setTimeout(() => {
    console.error(`Stopped after ${silenceTimeout / 1_000} s without a result: ${[...unfinished].join(', ')}`)
    counts.failed++
    silence.abort()
  }, silenceTimeout)
  stream.on('test:complete', ({ name }) => {
    unfinished.delete(resolve(name))
    silent.refresh()
  })
  // Node also reports files as tests: one that fails to load, or one without selected tests, which passes.
  const isTest = ({ name, details }: { name: string; details: { type?: string | undefined } }) =>
    details.type !== 'suite' && !files.includes(resolve(name))
  stream.on('test:pass', (event) => {
    if (!isTest(event)) return
    if (event.skip !== undefined || event.todo !== undefined) counts.skipped++
    else counts.passed++
  })
  stream.on('test:fail', ({ details }) => {
    // A suite fails with its tests, which are counted; or it fails by itself, and is counted.
    const { failureType } = details.error as { failureType?: string }
    if (details.type !== 'suite' || failureType !== 'subtestsFailed') counts.failed++
  })
  const report = stream.compose(spec)
  report.pipe(process.stdout)
  await finished(report)
  clearTimeout(silent)
} finally {
  await postgres?.stop()
}

const results = process.env.TEST_RESULTS ?? resolve(workspaceRoot, '.taskflow/test-results')
mkdirSync(results, { recursive: true })
writeFileSync(resolve(results, `${project}.json`), JSON.stringify(counts))
if (counts.passed + counts.failed === 0) {
  const chosen = [...patterns, ...(process.env.TEST_NAME ? [`TEST_NAME=${process.env.TEST_NAME}`] : [])]
  console.error(`${relative(workspaceRoot, process.cwd())}: no test matches ${chosen.join(' ') || all}`)
}
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0
