import { spawn } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startTestPostgres } from './test/postgres.ts'

/**
 * `npm test`: unit and integration tests of every project (Nx runs and caches them), then the end-to-end suite on a mesh
 * of its own. `npm run test:unit` leaves out the latter. The last line tells how many passed and failed.
 */
const root = join(import.meta.dirname, '..')
const results = join(root, '.taskflow/test-results')

const nx = (args: string[], env: Record<string, string>): Promise<number> => {
  const child = spawn(process.execPath, [join(root, 'node_modules/nx/dist/bin/nx.js'), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      NX_DAEMON: 'false',
      NX_TUI: 'false',
      NX_SKIP_LOG_GROUPING: 'true',
      FORCE_COLOR: '0',
      ...env,
    },
  })
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
}

rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
const postgres = await startTestPostgres()
let ok = true
try {
  const env = { TEST_DATABASE_URL: postgres.databaseUrl, NODE_COMPILE_CACHE: join(root, '.taskflow/compile-cache') }
  ok = (await nx(['run-many', '-t', 'test', '--output-style=stream'], env)) === 0
  if (process.argv[2] !== 'unit') ok = (await nx(['run-many', '-t', 'e2e', '--output-style=stream'], env)) === 0 && ok
} finally {
  await postgres.stop()
}

const counts = globSync('*.json', { cwd: results }).map((name) => JSON.parse(readFileSync(join(results, name), 'utf8')))
const sum = (what: 'passed' | 'failed' | 'skipped') => counts.reduce((total, each) => total + each[what], 0)
const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')]
if (!ok && failed === 0) console.log('a test run ended before it could count')
console.log(`${passed} passed, ${ok ? failed : Math.max(1, failed)} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = ok && passed > 0 && failed === 0 ? 0 : 1
