import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

const run = promisify(execFile)

test('the time zone of the machine does not matter', async () => {
  for (const zone of ['Asia/Karachi', 'America/New_York', 'Australia/Sydney']) {
    const files = ['zones', 'phrases'].map((name) => join(import.meta.dirname, `${name}.test.ts`))
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap', ...files], {
      env: { ...env, TZ: zone },
    })
    assert.match(stdout, /^# fail 0$/m)
  }
})
