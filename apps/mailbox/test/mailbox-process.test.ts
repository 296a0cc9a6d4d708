import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

const startProcess = async (t: TestContext, env: Record<string, string>) => {
  const dir = await mkdtemp(join(tmpdir(), 'mailbox-'))
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, MAIL_DIR: dir, MAIL_SMTP_PORT: '0', MAIL_HTTP_PORT: '0', ...env },
  })
  const output = { out: '', error: '' }
  child.stdout.on('data', (text) => {
    output.out += text
  })
  child.stderr.on('data', (text) => {
    output.error += text
  })
  t.after(async () => {
    if (child.exitCode === null) child.kill('SIGKILL')
    await rm(dir, { recursive: true, force: true })
  })
  return { child, output }
}

test('SIGTERM ends it cleanly and soon', async (t) => {
  const { child, output } = await startProcess(t, {})
  await once(child.stdout, 'data')
  assert.match(output.out, /^Mail: http:\/\/127\.0\.0\.1:\d+ shows what is sent to smtp:\/\/127\.0\.0\.1:\d+\n$/)
  const before = performance.now()
  child.kill('SIGTERM')
  assert.deepEqual(await once(child, 'close'), [0, null])
  assert.ok(performance.now() - before < 5_000)
  assert.equal(output.error, '')
})

for (const variable of ['MAIL_SMTP_PORT', 'MAIL_HTTP_PORT']) {
  test(`a port in use exits with 78 and one sentence naming ${variable}`, async (t) => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    t.after(() => other.close())
    const { port } = other.address() as { port: number }
    const { child, output } = await startProcess(t, { [variable]: String(port) })
    assert.deepEqual(await once(child, 'close'), [78, null])
    assert.equal(output.error, `Port ${port} is in use: stop the program that has it, or set ${variable}.\n`)
  })
}

test('an invalid port exits with 78 and one sentence', async (t) => {
  const { child, output } = await startProcess(t, { MAIL_HTTP_PORT: 'eighty' })
  assert.deepEqual(await once(child, 'close'), [78, null])
  assert.equal(
    output.error,
    'The mailbox could not start: MAIL_HTTP_PORT must be a port between 0 and 65535, not "eighty".\n',
  )
})
