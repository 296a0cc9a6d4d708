import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'

/** Expands all vectors in a separate process, because Node reads the host's zone once at startup. */
for (const zone of ['UTC', 'America/New_York', 'Asia/Karachi', 'Australia/Sydney']) {
  test(`all vectors of RFC 5545 and dateutil, on a machine in ${zone}`, () => {
    const output = execFileSync(process.execPath, [join(import.meta.dirname, 'expand-vectors.ts')], {
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
    })
    assert.deepEqual(JSON.parse(output), { equal: 264, refused: 21, otherwise: 3, wrong: [] })
  })
}
