import assert from 'node:assert/strict'
import { chmodSync, closeSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { makePrivateFolder, runToEnd, writePrivateFile } from '@taskflow/local-mesh'
import { openPrivateLog } from '../src/parts/private-files.ts'

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

test('folders, files and logs are for this user only, also when they existed with another mode', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'taskflow-private-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const state of ['new', 'old']) {
    const [data, file, log, output] = ['data', 'file', 'log', 'output'].map((name) => join(folder, state, name))
    if (state === 'old') {
      mkdirSync(data!, { recursive: true })
      chmodSync(data!, 0o755)
      for (const path of [file!, log!, output!]) writeFileSync(path, 'a longer text than the new one', { mode: 0o644 })
    }
    await makePrivateFolder(data!)
    await writePrivateFile(file!, 'text')
    closeSync(openPrivateLog(log!))
    await runToEnd('true', [], { logFile: output! })
    assert.equal(modeOf(data!), '700', state)
    for (const path of [file!, log!, output!]) assert.equal(modeOf(path), '600', `${state} ${path}`)
    assert.equal(readFileSync(file!, 'utf8'), 'text')
  }
})
