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
 * Files run two at a time. TEST_NAME selects tests by a part of their name. Starts a Postgres unless TEST_DATABASE_URL
 * names one. Writes the counts to .taskflow/test-results/PROJECT.json for `npm test` (or to the folder TEST_RESULTS).
 * Exits with 1 when a test fails, none was selected, or no test ended for TEST_SILENCE seconds (1,200 by default: a
 * mesh may have to build Dapr first).
 */
const { values, positionals } = parseArgs({
  options: { in: { type: 'string', default: 'test' } },
  allowPositionals: true,
})
const [project, folder, ...patterns] = positionals
if (!project || !folder) throw new Error('Usage: node run-tests.ts PROJECT FOLDER [--in test] [FILE...]')
const all = `${values.in}/**/*.test.ts`

const maxSilence = Number(process.env.TEST_SILENCE ?? 1_200)

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
    signal: silence.signal,
    ...(process.env.TEST_NAME ? { testNamePatterns: [process.env.TEST_NAME] } : {}),
  })
  // Node's own timeout would count for suites and hooks too, and ends neither a blocked file nor an open handle.
  const running = new Set<string>()
  const silent = setTimeout(() => {
    console.error(`Stopped after ${maxSilence} s without a result. Unfinished: ${[...running].join(', ')}`)
    counts.failed++
    silence.abort()
  }, maxSilence * 1_000)
  stream.on('test:dequeue', ({ name }) => running.add(name))
  stream.on('test:complete', ({ name }) => {
    running.delete(name)
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
