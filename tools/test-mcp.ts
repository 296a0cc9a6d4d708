import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { startTestPostgres } from './test/postgres.ts'

/**
 * `npm run test:mcp`: the official conformance scenarios against chat-api, then the tests with the official client, over
 * HTTP and through taskflow-mcp. They are part of `npm test` too.
 */
const root = join(import.meta.dirname, '..')
const suites = [
  ['chat-api', 'test/mcp-conformance.test.ts', 'test/mcp.test.ts'],
  ['taskflow-mcp', 'test/taskflow-mcp.test.ts'],
] as const

const postgres = await startTestPostgres()
try {
  for (const [project, ...files] of suites) {
    const { status } = spawnSync(
      process.execPath,
      [join(root, 'tools/test/run-tests.ts'), `${project}-mcp`, ...files],
      {
        cwd: join(root, 'apps', project),
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, TEST_DATABASE_URL: postgres.databaseUrl },
      },
    )
    if (status !== 0) process.exitCode = 1
  }
} finally {
  await postgres.stop()
}
