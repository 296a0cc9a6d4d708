import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { startOauth } from '@taskflow/chat-api/testing/oauth-app'
import { freePort } from '@taskflow/local-mesh'
import { npmClients, pythonClients } from './programs.ts'

// biome-ignore lint/suspicious/noExplicitAny: an answer, inspected part by part
type Json = any

/** Two replicas, a person, and a machine on which clients find a browser that is the person's. */
const start = async (t: TestContext) => {
  const api = await startOauth(t)
  const ada = await api.signup()
  const home = mkdtempSync(join(tmpdir(), 'taskflow-client-'))
  t.after(() => rmSync(home, { recursive: true, force: true }))
  const browser = join(home, 'browser')
  const script = join(import.meta.dirname, 'browser.ts')
  writeFileSync(browser, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`, { mode: 0o700 })
  const env = { PATH: process.env.PATH ?? '', HOME: home, BROWSER: browser, TASKFLOW_PERSON_TOKEN: ada.token }
  const run = async (command: string, args: string[], more: Record<string, string> = {}) => {
    const child = spawn(command, args, {
      env: { ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 120_000,
    })
    const texts = [child.stdout, child.stderr].map((stream) => stream.setEncoding('utf8').toArray())
    const [code] = await once(child, 'close')
    const [stdout, stderr] = (await Promise.all(texts)).map((text) => text.join(''))
    assert.equal(code, 0, `${stdout}\n${stderr}`)
    return stdout ?? ''
  }
  const titles = async () => (await ada.get('/api/v1/tasks')).body.data.map(({ title }: Json) => title)
  const apps = async () => (await ada.get('/api/v1/auth/apps')).body.data.map(({ name }: Json) => name)
  return { url: `${api.publicUrl}/mcp`, env, run, titles, apps }
}

test('the Python SDK', async (t) => {
  const programs = await pythonClients()
  if (!programs) return t.skip('needs Python 3.10 or newer')
  const { url, run, titles, apps } = await start(t)
  const script = join(import.meta.dirname, 'connect_with_sdk.py')
  const printed = await run(programs.python, [script, url, String(await freePort())], { PYTHONPATH: programs.folder })
  assert.ok(Number(printed) > 15)
  assert.deepEqual([await titles(), await apps()], [['from the Python SDK'], ['Python SDK']])
})

test('fastmcp', async (t) => {
  const programs = await pythonClients()
  if (!programs) return t.skip('needs Python 3.10 or newer')
  const { url, run, titles, apps } = await start(t)
  const script = join(import.meta.dirname, 'connect_with_fastmcp.py')
  const printed = await run(programs.python, [script, url], { PYTHONPATH: programs.folder })
  assert.ok(Number(printed.trim().split('\n').at(-1)) > 15)
  assert.deepEqual([await titles(), await apps()], [['from fastmcp'], ['FastMCP Client']])
})

test("the Inspector's command line", async (t) => {
  const programs = await npmClients()
  const { url, run, apps } = await start(t)
  const args = ['--cli', url, '--transport', 'http', '--method', 'tools/list']
  // Without it, it refuses to open a browser where there is no terminal.
  const printed = await run(join(programs, 'mcp-inspector'), args, { MCP_AUTO_OPEN_ENABLED: 'true' })
  assert.match(printed, /find_tasks/)
  assert.equal((await apps()).length, 1)
})

test('mcp-remote', async (t) => {
  const programs = await npmClients()
  const { url, env, titles, apps } = await start(t)
  const client = new Client({ name: 'desktop', version: '1' })
  const args = [url, String(await freePort()), '--transport', 'http-only']
  await client.connect(
    new StdioClientTransport({ command: join(programs, 'mcp-remote'), args, env, stderr: 'inherit' }),
    { timeout: 120_000 },
  )
  t.after(() => client.close())
  await client.callTool({ name: 'add_tasks', arguments: { tasks: [{ title: 'from mcp-remote' }] } })
  assert.deepEqual(await titles(), ['from mcp-remote'])
  assert.equal((await apps()).length, 1)
})
