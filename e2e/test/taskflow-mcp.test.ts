import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Client, type ClientOptions } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { offerTasks } from '@taskflow/chat-api/offer-tasks'
import { callWithProgress } from '@taskflow/chat-api/testing/mcp-client'
import { startChatApi } from '@taskflow/chat-api/testing/start-chat-api'
import { testDatabase } from '@taskflow/test-kit'

// biome-ignore lint/suspicious/noExplicitAny: an answer, checked field by field
type Json = any

const main = join(import.meta.dirname, '../../apps/taskflow-mcp/src/main.mjs')
const protocols: Record<string, ClientOptions> = {
  '2025-11-25': {},
  '2026-07-28': { versionNegotiation: { mode: 'auto' } },
}

/** A user whose desktop client has an API token. */
const person = async (api: Awaited<ReturnType<typeof startChatApi>>) => {
  const { post } = await api.signup()
  const token = (await post('/api/v1/auth/tokens', { name: 'desktop', scopes: ['tasks:read', 'tasks:write'] })).body
    .token
  return { TASKFLOW_URL: api.service.url, TASKFLOW_TOKEN: token as string }
}

/** A desktop client that has started taskflow-mcp. */
const connect = async (t: TestContext, env: Record<string, string>, options: ClientOptions = {}) => {
  const client = new Client({ name: 'desktop', version: '1' }, options)
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [main], env, stderr: 'inherit' }))
  t.after(() => client.close())
  return client
}

/** Runs it until it exits, with empty standard input. */
const run = async (
  env: Record<string, string>,
  command = process.execPath,
  args = [main],
  cwd = import.meta.dirname,
) => {
  const child = spawn(command, args, {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr] = [child.stdout.setEncoding('utf8').toArray(), child.stderr.setEncoding('utf8').toArray()]
  const [code] = await once(child, 'close')
  return { code, stdout: (await stdout).join(''), stderr: (await stderr).join('') }
}

test('a startup problem is one sentence with its own exit code, and reveals no token', async (t) => {
  const api = await startChatApi(t)
  const { post } = await api.signup()
  const narrow = (await post('/api/v1/auth/tokens', { name: 'x', scopes: ['account:read'] })).body.token
  const TASKFLOW_URL = api.service.url
  const busy = await person(await startChatApi(t, {}, { API_REQUESTS_PER_MINUTE: '1' }))
  for (const [env, code, sentence] of [
    [{}, 78, /TASKFLOW_TOKEN is not set/],
    [{ TASKFLOW_TOKEN: 'tf_secret\nof mine' }, 78, /is not a token/],
    [{ TASKFLOW_TOKEN: 'tf_secret', TASKFLOW_URL: 'localhost' }, 78, /TASKFLOW_URL is not a web address/],
    [{ TASKFLOW_TOKEN: 'tf_secret', TASKFLOW_URL: 'http://tasks.example.com' }, 78, /must be https:\/\//],
    [{ TASKFLOW_TOKEN: 'tf_secret', TASKFLOW_URL: 'http://127.0.0.1.example.com' }, 78, /must be https:\/\//],
    [{ TASKFLOW_TOKEN: 'tf_secret', TASKFLOW_URL }, 77, /refuses the token: make a new/],
    [{ TASKFLOW_TOKEN: narrow, TASKFLOW_URL }, 77, /the scope tasks:read/],

    [busy, 69, /answers with HTTP 429: .*try again/],
    [{ TASKFLOW_TOKEN: 'tf_secret', TASKFLOW_URL: 'http://127.0.0.1:1' }, 69, /does not answer: start TaskFlow/],
  ] as [Record<string, string>, number, RegExp][]) {
    const ended = await run(env)
    assert.deepEqual([ended.code, ended.stdout], [code, ''], ended.stderr)
    assert.match(ended.stderr, sentence)
    assert.equal(ended.stderr.trimEnd().split('\n').length, 1, ended.stderr)
    assert.doesNotMatch(ended.stderr, /tf_/)
  }
  assert.equal((await run({}, process.execPath, [main, '--port'])).code, 64)
})

test('npx taskflow-mcp runs it, and --help lists the settings', async () => {
  const { code, stdout } = await run({ HOME: process.env.HOME ?? '' }, 'npx', ['--no', '--', 'taskflow-mcp', '--help'])
  assert.equal(code, 0)
  for (const name of ['TASKFLOW_TOKEN', 'TASKFLOW_URL', '69', '77', '78']) assert.ok(stdout.includes(name), name)
})

test('it exits when the client closes its input', async (t) => {
  const env = await person(await startChatApi(t))
  assert.deepEqual(await run(env), { code: 0, stdout: '', stderr: '' })
})

for (const [version, options] of Object.entries(protocols)) {
  test(`tools, resources, prompts and progress match the server's (${version})`, async (t) => {
    const env = await person(await startChatApi(t))
    const client = await connect(t, env, options)
    assert.deepEqual([client.getNegotiatedProtocolVersion(), client.getServerVersion()?.title], [version, 'TaskFlow'])
    assert.match(client.getInstructions() ?? '', /tasks of one person/)
    const { tools } = await client.listTools()
    const addTasks = tools.find(({ name }) => name === 'add_tasks')!
    assert.ok(tools.length > 15 && addTasks.outputSchema && addTasks.annotations?.readOnlyHint === false)
    const tasks = [{ title: 'a', due_date: '2020-01-01' }, { title: 'b' }]
    const { result, reported } = await callWithProgress(client, { name: 'add_tasks', arguments: { tasks } })
    assert.deepEqual(reported, [
      [1, 2],
      [2, 2],
    ])
    const [{ id }] = (result as Json).structuredContent.results
    const wrong: Json = await client.callTool({ name: 'add_tasks', arguments: { tasks: [{}] } })
    assert.deepEqual([wrong.isError, wrong.content[0].text.includes('tasks.0.title')], [true, true])
    const { contents }: Json = await client.readResource({ uri: `task://${id}` })
    assert.equal(JSON.parse(contents[0].text).task.title, 'a')
    assert.equal((await client.listResources()).resources.length, 3)
    assert.equal((await client.listResourceTemplates()).resourceTemplates.length, 2)
    await assert.rejects(client.readResource({ uri: 'task://nothing' }), /not found/i)
    assert.equal((await client.listPrompts()).prompts.length, 2)
    assert.match(JSON.stringify(await client.getPrompt({ name: 'plan_my_day' })), /agenda:\/\/today/)
  })

  test(`a request cancelled by the client is cancelled on the server, and changes nothing (${version})`, async (t) => {
    const received = Promise.withResolvers<AbortSignal>()
    const api = await startChatApi(t, {}, {}, undefined, (deps) => {
      const offer = offerTasks(deps)
      const tools = offer.tools.map((tool) => ({
        ...tool,
        call: async (...[input, user, context]: Parameters<typeof tool.call>) => {
          received.resolve(context.mcpReq.signal)
          await once(context.mcpReq.signal, 'abort')
          return tool.call(input, user, context)
        },
      }))
      return { ...offer, tools }
    })
    const client = await connect(t, await person(api), options)
    const cancelling = new AbortController()
    const call = client.callTool(
      { name: 'add_tasks', arguments: { tasks: [{ title: 'a' }] } },
      { signal: cancelling.signal },
    )
    const signal = await received.promise
    cancelling.abort()
    await assert.rejects(call)
    if (!signal.aborted) await once(signal, 'abort')
    const { rows } = await api.service.database.pool.query('SELECT FROM tasks.tasks')
    assert.equal(rows.length, 0)
  })
}

test('it reconnects to a restarted server; meanwhile every request reports the problem', async (t) => {
  const database = await testDatabase(t)
  const ends: (() => unknown)[] = []
  const first = await startChatApi({ after: (end: Json) => void ends.push(end) }, {}, {}, database)
  const client = await connect(t, await person(first))
  const add = (title: string) => client.callTool({ name: 'add_tasks', arguments: { tasks: [{ title }] } })
  await add('before')
  for (const end of ends) await end()
  await assert.rejects(add('meanwhile'), /does not answer: start TaskFlow/)
  await startChatApi(t, {}, { CHAT_API_PORT: new URL(first.service.url).port }, database)
  await add('after')
  const { structuredContent }: Json = await client.callTool({ name: 'find_tasks', arguments: { sort: 'created_at' } })
  assert.deepEqual(
    structuredContent.tasks.map(({ title }: Json) => title),
    ['before', 'after'],
  )
})
