import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { freePort } from '@taskflow/local-mesh'
import { offerTasks } from '../../../src/assistant/mcp/offer-tasks.ts'
import { startChatApi } from '../../../testing/start-chat-api.ts'
import { withFixtures } from './mcp-fixtures.ts'

/** Scenarios that are not implemented, each with the reason. One of them passing is a failure. */
const notImplemented: Record<string, string> = {
  'logging-set-level': 'no log messages over MCP; the 2026 protocol drops them',
  'tools-call-with-logging': 'no log messages over MCP; the 2026 protocol drops them',
  'completion-complete': 'no prompt or resource has arguments worth completing, only ids',
  'tools-call-sampling': 'the server does not sample; its own assistant calls the model',
  'tools-call-elicitation': 'tools do not elicit; clients confirm by the annotations',
  'elicitation-sep1034-defaults': 'tools do not elicit',
  'elicitation-sep1330-enums': 'tools do not elicit',
  'resources-subscribe': 'resources are read on demand; GET /api/v1/events reports changes',
  'resources-unsubscribe': 'resources are read on demand',
}

interface Check {
  id: string
  status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO'
  errorMessage?: string
}

/** Runs all scenarios against a server and returns the checks of each. */
const runSuite = async (url: string): Promise<Map<string, Check[]>> => {
  const folder = await mkdtemp(join(tmpdir(), 'taskflow-conformance-'))
  try {
    const suite = createRequire(import.meta.url).resolve('@modelcontextprotocol/conformance/dist/index.js')
    const args = [suite, 'server', '--url', url, '--suite', 'all', '--output-dir', folder]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    await once(child, 'exit')
    const scenarios = (await readdir(folder))
      .sort()
      .map(
        async (name): Promise<[string, Check[]]> => [
          name.replace(/^server-(.+)-\d{4}-\d\d-\d\dT.*$/, '$1'),
          JSON.parse(await readFile(join(folder, name, 'checks.json'), 'utf8')),
        ],
      )
    return new Map(await Promise.all(scenarios))
  } finally {
    await rm(folder, { recursive: true })
  }
}

test('the official conformance scenarios', async (t) => {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const { service, signup } = await startChatApi(
    t,
    {},
    { CHAT_API_PORT: String(port), PUBLIC_URL: address },
    undefined,
    (deps) => withFixtures(offerTasks(deps), deps),
  )
  // The suite does not sign in: requests without a token are Ada's.
  const { post } = await signup()
  const wish = { name: 'x', scopes: ['tasks:read', 'tasks:write'] }
  const { token } = (await post('/api/v1/auth/tokens', wish)).body
  const { accessControl } = service.deps
  const { authenticate } = accessControl
  accessControl.authenticate = (authorization, resource) => authenticate(authorization ?? `Bearer ${token}`, resource)

  const scenarios = await runSuite(`${address}/mcp`)
  assert.ok(scenarios.size >= 30, [...scenarios.keys()].join())
  for (const [name, checks] of scenarios) {
    const reason = notImplemented[name]
    await t.test(reason ? `${name}: not implemented, ${reason}` : name, () => {
      const failed = checks.filter(({ status }) => status === 'FAILURE')
      assert.ok(checks.length > 0, 'no checks ran')
      if (reason) assert.ok(failed.length > 0, 'it passes: take it from the list')
      else assert.deepEqual(failed, [])
    })
  }
  for (const name of Object.keys(notImplemented)) assert.ok(scenarios.has(name), `there is no scenario ${name}`)
})
