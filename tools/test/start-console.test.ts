import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { buildConsole } from '../start/build-console.ts'
import { pathsOf } from '../start/paths.ts'

const page = 'apps/console/dist/index.html'
const source = 'apps/console/src/deep/part.tsx'
const [before, now] = [new Date('2026-01-01'), new Date('2026-02-01')]

/** A clone in which every build fails; returns the reported lines. */
const clone = async (t: TestContext, files: Record<string, Date>) => {
  const root = await mkdtemp(join(tmpdir(), 'taskflow-console-'))
  t.after(() => rm(root, { recursive: true, force: true }))
  const paths = pathsOf(root)
  for (const folder of [paths.logs, join(paths.console, 'src/deep'), join(paths.console, 'dist')])
    await mkdir(folder, { recursive: true })
  for (const [name, time] of Object.entries(files)) {
    await writeFile(join(root, name), '')
    await utimes(join(root, name), time, time)
  }
  // Creating files has changed the folder's modification time.
  await utimes(join(paths.console, 'src/deep'), before, before)
  const lines: string[] = []
  await buildConsole(paths, { report: (line) => lines.push(line), signal: new AbortController().signal })
  return lines
}

test('a page that is newer than its sources is kept', async (t) => {
  assert.deepEqual(await clone(t, { [page]: now, [source]: before, 'package-lock.json': before }), [])
})

test('a missing or outdated page is built; a failed build is reported and stops nothing', async (t) => {
  const outdated: Record<string, Date>[] = [
    { [source]: before },
    { [page]: before, [source]: now },
    { [page]: before, 'package-lock.json': now },
  ]
  for (const files of outdated) {
    const [first = '', second = ''] = await clone(t, files)
    assert.match(first, /Building the web page/)
    assert.match(second, /could not be built; everything else runs. See .taskflow\/logs\/console-build.log/)
  }
})
