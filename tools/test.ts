import { globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readOptions } from '@taskflow/command-line'
import { startTestPostgres, workspaceRoot } from '@taskflow/local-mesh'
import { nx } from './nx.ts'

const usage = `npm test [-- options]

Runs the unit and integration tests of every project, where Nx caches what passed, then the end-to-end suite on its own
mesh, which always runs. The last line counts what passed and failed.

  --unit   without the end-to-end suite, as npm run test:unit
  --help   this text`

const options = readOptions(usage, { unit: { type: 'boolean' } })
const results = join(workspaceRoot, '.taskflow/test-results')

rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
const postgres = await startTestPostgres()
let ok = true
try {
  const env = {
    TEST_DATABASE_URL: postgres.databaseUrl,
    NODE_COMPILE_CACHE: join(workspaceRoot, '.taskflow/compile-cache'),
  }
  ok = (await nx(['run-many', '-t', 'test', '--output-style=stream'], env)) === 0
  if (!options.unit) ok = (await nx(['run-many', '-t', 'e2e', '--output-style=stream'], env)) === 0 && ok
} finally {
  await postgres.stop()
}

const counts = globSync('*.json', { cwd: results }).map((name) => JSON.parse(readFileSync(join(results, name), 'utf8')))
const sum = (key: 'passed' | 'failed' | 'skipped') => counts.reduce((total, each) => total + each[key], 0)
const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')]
if (!ok && failed === 0) console.log('a test run ended before it reported its counts')
console.log(`${passed} passed, ${ok ? failed : Math.max(1, failed)} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = ok && passed > 0 && failed === 0 ? 0 : 1
