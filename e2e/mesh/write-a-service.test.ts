import assert from 'node:assert/strict'
import { type SpawnSyncOptions, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { after, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type CloudEvent, type Topic, taskCompleted, userDeleted } from '@taskflow/event-contracts'
import type { Mesh } from '@taskflow/local-mesh'
import { createSidecar, rootOrigin, type Sidecar } from '@taskflow/service-kit'
import { anEvent, aTask } from '@taskflow/test-kit'
import pg from 'pg'

/** docs/write-a-service.md: its code alone is a working service. */
const root = join(import.meta.dirname, '../..')
const bin = (name: string) => join(root, 'node_modules/.bin', name)
const page = readFileSync(join(root, 'docs/write-a-service.md'), 'utf8')

interface Block {
  file: string
  language: string
  text: string
}

const blocks: Block[] = [...page.matchAll(/^\*\*`([^`]+)`\*\*[^\n]*\n\n```(\w+)\n(.*?)^```$/gms)].map(
  ([, file, language, text]) => ({ file: file!, language: language!, text: text! }),
)

test('every block except commands names its file, and the TypeScript is about 40 lines', () => {
  const fences = page.match(/^```\w+$/gm)?.filter((fence) => fence !== '```sh')
  assert.equal(blocks.length, fences?.length)
  const lines = blocks
    .filter(({ file }) => file.endsWith('.ts'))
    .flatMap(({ language, text }) =>
      text.split('\n').filter((line) => (language === 'diff' ? line[0] === '+' : line.trim())),
    )
  assert.ok(lines.length > 20 && lines.length < 45, `${lines.length} lines`)
})

/** Inside the repository, to resolve installed packages; workspace packages are the copy's. */
const copyOfRepository = (): string => {
  mkdirSync(join(root, '.taskflow'), { recursive: true })
  const copy = mkdtempSync(join(root, '.taskflow/write-a-service-'))
  for (const name of [
    'apps',
    'libs',
    'tools',
    'dapr',
    'dapr.yaml',
    'package.json',
    'package-lock.json',
    'tsconfig.base.json',
    'biome.json',
  ]) {
    // Bundles are those of the services before the page's edits.
    const filter = (path: string) => !/\/node_modules$|\/apps\/(?!console)[^/]+\/dist$/.test(path)
    cpSync(join(root, name), join(copy, name), { recursive: true, filter })
  }
  for (const installed of globSync('{apps,libs}/*/node_modules', { cwd: root })) {
    symlinkSync(join(root, installed), join(copy, installed))
  }
  mkdirSync(join(copy, 'node_modules/@taskflow'), { recursive: true })
  for (const own of globSync('{apps,libs}/*', { cwd: copy })) {
    symlinkSync(join(copy, own), join(copy, 'node_modules/@taskflow', basename(own)))
  }
  return copy
}

/** Applies a block as its reader would: creates the file, adds the lines with a +, or adds the entry to the journal. */
const apply = (copy: string, { file, language, text }: Block): void => {
  const path = join(copy, file)
  if (language === 'diff') writeFileSync(path, withAdded(readFileSync(path, 'utf8').split('\n'), text).join('\n'))
  else if (basename(file) === '_journal.json') {
    const journal = JSON.parse(readFileSync(path, 'utf8'))
    assert.ok(JSON.parse(text).when > journal.entries.at(-1).when)
    writeFileSync(path, JSON.stringify({ ...journal, entries: [...journal.entries, JSON.parse(text)] }))
  } else {
    assert.ok(!existsSync(path), `${file} already exists`)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}

const withAdded = (lines: string[], diff: string): string[] => {
  let at = 0
  for (const line of diff.split('\n').filter(Boolean)) {
    const content = line.slice(1)
    if (line[0] === '+') lines.splice(at++, 0, content)
    else at = lines.indexOf(content, at) + 1
    assert.ok(at > 0, `the page shows a line that does not exist: ${content}`)
  }
  return lines
}

describe('the service of the page', () => {
  const copy = copyOfRepository()
  let mesh: Mesh | undefined
  after(async () => {
    await mesh?.stop()
    rmSync(copy, { recursive: true })
  })
  const run = (command: string, args: string[], options: SpawnSyncOptions = {}): string => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: copy, ...options, encoding: 'utf8' })
    assert.equal(status, 0, stdout + stderr)
    return stdout
  }

  test('passes type check, format and lint, and its run file matches its scopes', () => {
    for (const block of blocks) apply(copy, block)
    const tsconfig = { extends: './tsconfig.base.json', include: ['apps/task-stats/src'] }
    writeFileSync(join(copy, 'tsconfig.page.json'), JSON.stringify(tsconfig))
    run(bin('tsc'), ['-p', 'tsconfig.page.json'])
    run(bin('biome'), [
      'ci',
      '--error-on-warnings',
      '--vcs-enabled=false',
      'apps/task-stats',
      'libs/service-kit/src/services.ts',
    ])
    run(process.execPath, ['--test', 'test/start-run-file.test.ts'], { cwd: join(copy, 'tools') })
  })

  test('counts an event once, tasks that are older than the topic too, and deletes the data of deleted accounts', async () => {
    const local: typeof import('@taskflow/local-mesh') = await import(join(copy, 'libs/local-mesh/src/index.ts'))
    mesh = await local.startMesh()
    const { url, databaseUrl, members } = mesh
    const { sidecarUrl, daprApiToken } = members['chat-api']
    const sidecar = createSidecar({ url: sidecarUrl, token: daprApiToken })
    const database = new pg.Pool({ connectionString: databaseUrl })
    try {
      const user = await signup(url)
      const count = async () =>
        (await sidecar.invoke<{ count: number }>('task-stats' as never, `/completions/${user.id}`, rootOrigin())).count
      const isHandled = async ({ id }: { id: string }) =>
        (await database.query(`SELECT 1 FROM stats.inbox WHERE event_id = $1 AND state = 'done'`, [id])).rowCount === 1

      assert.equal(await count(), 0)
      const task = await user.request('POST', '/tasks', { title: 'Write a service' })
      await user.request('POST', `/tasks/${task.id}/complete`)
      await eventually('a completed task counts', async () => (await count()) === 1)

      const event = anEvent(taskCompleted, { task: aTask({ user_id: user.id }), changed: {} })
      const next = anEvent(
        taskCompleted,
        { task: aTask({ user_id: user.id }), changed: {} },
        { key: event.partitionkey },
      )
      await Promise.all([publish(sidecar, 'task-events', event), publish(sidecar, 'task-events', event)])
      await eventually('the event is handled', () => isHandled(event))
      await publish(sidecar, 'task-events', event)
      await publish(sidecar, 'task-events', next)
      // Has the same key, so it comes after the three of the other event.
      await eventually('the last event is handled', () => isHandled(next))
      assert.equal(await count(), 3)

      const rest = `user_id, title, description, priority, time_zone, is_completed, completed_at, recurrence_interval, recurrence_mode,
        recurrence_anchor, recurrence_catch_up, tags, version, created_at, updated_at`
      // Without events, like tasks whose events Kafka has deleted.
      await database.query(
        `INSERT INTO tasks.tasks (id, ${rest}) SELECT gen_random_uuid(), ${rest}
         FROM tasks.tasks, generate_series(1, 3) WHERE id = $1`,
        [task.id],
      )
      const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl }
      const output = run(process.execPath, ['tools/backfill.ts', '--consumer', 'task-stats', '--rate', '100'], { env })
      assert.match(output, /^4 tasks for task-stats, at most 100 a second\nDone: 4 tasks\.\n$/)
      await eventually('older tasks count, those that counted before do not again', async () => (await count()) === 6)

      const deleted = anEvent(userDeleted, {}, { user_id: user.id })
      await publish(sidecar, 'user-events', deleted)
      await eventually('the deletion is handled', () => isHandled(deleted))
      assert.equal(await count(), 0)
    } finally {
      await database.end()
      await sidecar.close()
    }
  })
})

const publish = async (sidecar: Sidecar, topic: Topic, event: CloudEvent): Promise<void> => {
  const entry = { event_id: event.id, key: event.partitionkey, event: JSON.stringify(event) }
  const result = await sidecar.publish(topic, [entry])
  assert.ok(result.ok && result.failed.size === 0, JSON.stringify(result))
}

const signup = async (url: string) => {
  // biome-ignore lint/suspicious/noExplicitAny: answers of the API, looked at field by field
  const request = async (token: string, method: string, path: string, body?: object): Promise<any> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    assert.ok(answer.ok, `${method} ${path}: ${answer.status}`)
    return answer.json()
  }
  const account = { email: `${randomUUID()}@example.com`, password: 'correct horse', name: 'Ada' }
  const { user, token } = await request('', 'POST', '/auth/signup', account)
  return { id: user.id as string, request: request.bind(undefined, token) }
}

/** On a busy machine a Kafka consumer group may need its rebalance timeout of a minute. */
const eventually = async (what: string, attempt: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 90_000
  while (!(await attempt().catch(() => false))) {
    if (Date.now() > deadline) assert.fail(`did not happen within 90 s: ${what}`)
    await delay(100)
  }
}
