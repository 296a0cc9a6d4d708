import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { readOptions } from '@taskflow/command-line'
import { startTestPostgres, workspaceRoot } from '@taskflow/local-mesh'

const usage = `npm run test:mcp

Runs the official conformance scenarios against chat-api, then the tests with the official client, over HTTP and through
taskflow-mcp. npm test runs them too. At last it connects the clients of others by the address of /mcp alone: the Python
SDK, fastmcp, the Inspector's command line and mcp-remote, which are downloaded on first use.

  --help   this text`

readOptions(usage, {})
const suites = [
  ['chat-api-mcp', 'apps/chat-api', 'test/assistant/mcp/mcp-conformance.test.ts', 'test/assistant/mcp/mcp.test.ts'],
  ['chat-api-oauth', 'apps/chat-api', 'test/oauth/connect.test.ts'],
  ['taskflow-mcp', 'e2e', 'test/taskflow-mcp.test.ts'],
  ['mcp-clients', 'e2e', 'clients/connect-by-url.test.ts'],
] as const

const postgres = await startTestPostgres()
try {
  for (const suite of suites) {
    const { status } = spawnSync(process.execPath, [join(workspaceRoot, 'libs/test-kit/src/run-tests.ts'), ...suite], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, TEST_DATABASE_URL: postgres.databaseUrl },
    })
    if (status !== 0) process.exitCode = 1
  }
} finally {
  await postgres.stop()
}
