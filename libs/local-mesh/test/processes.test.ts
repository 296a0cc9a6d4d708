import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { takeStartLock } from '../src/mesh/lock.ts'
import { createRecords, readRecords } from '../src/mesh/records.ts'
import { endInOrder, endOrphans } from '../src/mesh/stop.ts'
import { freePort, isPortFree } from '../src/parts/ports.ts'
import { isAlive, type ProcessIdentity } from '../src/parts/processes.ts'

const folderFor = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'taskflow-start-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const processes = join(import.meta.dirname, '../src/parts/processes.ts')

/**
 * A process that exits on SIGTERM; a `stubborn` one ignores it. Its exit code then is the number of the `watched` ones
 * that run at that moment: the order in which this process hears of exits says nothing.
 */
const aProcess = async (
  t: TestContext,
  { stubborn = false, watched = [] }: { stubborn?: boolean; watched?: number[] } = {},
): Promise<ChildProcess & { pid: number }> => {
  const count = `${JSON.stringify(watched)}.filter((pid) => identify(pid)).length`
  const code = `import { identify } from ${JSON.stringify(processes)}
    process.on('SIGTERM', () => { ${stubborn ? '' : `process.exit(${count})`} }); setInterval(() => {}, 1000); console.log('up')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  await once(child.stdout!, 'data')
  return child as ChildProcess & { pid: number }
}

test('the next start stops what a killed start left running', async (t) => {
  const file = join(folderFor(t), 'processes.json')
  const orphan = await aProcess(t)
  createRecords(file).add(orphan.pid, { name: 'Kafka', role: 'part' })
  const exited = once(orphan, 'exit')
  assert.equal(await endOrphans(file, () => {}), 1)
  assert.deepEqual(await exited, [0, null])
  assert.deepEqual(readRecords(file), [])
})

test('a process that reuses the pid of a dead one is left alone', async (t) => {
  const file = join(folderFor(t), 'processes.json')
  const stranger = await aProcess(t)
  createRecords(file).add(stranger.pid, { name: 'Kafka', role: 'part' })
  const earlier = readRecords(file).map((record) => ({ ...record, started: `${record.started}0` }))
  writeFileSync(file, JSON.stringify(earlier))
  assert.equal(await endOrphans(file, () => {}), 0)
  assert.equal(stranger.exitCode ?? stranger.signalCode, null)
})

test('a damaged list of processes ends nothing and stops nothing', async (t) => {
  const file = join(folderFor(t), 'processes.json')
  writeFileSync(file, '[{"pid": 1')
  assert.equal(await endOrphans(file, () => {}), 0)
})

test('services stop before their dependencies; a process that does not stop in time is killed and reported', async (t) => {
  const records = createRecords(join(folderFor(t), 'processes.json'))
  const sidecar = await aProcess(t, { stubborn: true })
  const service = await aProcess(t, { watched: [sidecar.pid] })
  const part = await aProcess(t, { watched: [sidecar.pid, service.pid] })
  records.add(part.pid, { name: 'Kafka', role: 'part' })
  records.add(sidecar.pid, { name: 'sidecar of chat-api', role: 'sidecar' })
  records.add(service.pid, { name: 'chat-api', role: 'service' })
  const ended = [service, sidecar, part].map((child) => once(child, 'exit'))
  const reported: string[] = []
  await endInOrder(records.all(), (line) => reported.push(line))
  const [serviceExit, sidecarExit, partExit] = await Promise.all(ended)
  assert.deepEqual(serviceExit, [1, null], 'the sidecar runs until the service has ended')
  assert.deepEqual(sidecarExit, [null, 'SIGKILL'])
  assert.deepEqual(partExit, [0, null], 'both have ended before the part is stopped')
  assert.deepEqual(reported, ['sidecar of chat-api did not stop in time and was killed'])
})

test('a second start of the same clone is refused with the address of the first, a dead one is taken over', async (t) => {
  const file = join(folderFor(t), 'lock')
  const release = await takeStartLock(file, 'http://localhost:8080')
  await assert.rejects(takeStartLock(file, 'http://localhost:8080'), {
    message: `TaskFlow already runs from this folder, at http://localhost:8080 (pid ${process.pid}).`,
  })
  const holder = JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity
  assert.ok(isAlive(holder))
  writeFileSync(file, JSON.stringify({ ...holder, started: 'before' }))
  await takeStartLock(file, 'http://localhost:8080')
  await release()
})

test('a free port can be listened on', async () => {
  assert.equal(await isPortFree(await freePort()), true)
})
