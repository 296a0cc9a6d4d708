import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { signCheckpoint, signingKey } from '@taskflow/audit-logger/checkpoint'
import { chainOf, exportOf } from '@taskflow/audit-logger/testing/chain-of'
import { startAuditLogger } from '@taskflow/audit-logger/testing/start-audit-logger'
import type { ChainLink } from '@taskflow/audit-logger/verify-chain'
import { taskCreated, userDeleted } from '@taskflow/event-contracts'
import { newSigningKey } from '@taskflow/local-mesh'
import { anEvent, aTask } from '@taskflow/test-kit'

const program = join(import.meta.dirname, '../../tools/audit-verify.ts')

/** Exit code and output of `npm run audit:verify` with these arguments. */
const verify = (...args: string[]) =>
  new Promise<{ code: number; output: string }>((resolve) => {
    const child = execFile(process.execPath, [program, ...args], (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    )
  })

const publicKeyOf = (signing: string) =>
  createPublicKey(createPrivateKey({ key: Buffer.from(signing, 'base64'), format: 'der', type: 'pkcs8' })).export({
    format: 'pem',
    type: 'spki',
  })

const startFolder = (t: TestContext) => {
  const folder = mkdtempSync(join(tmpdir(), 'taskflow-verify-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const write = (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const signing = newSigningKey()
  const sign = ({ sequence, hash }: ChainLink) =>
    `${JSON.stringify(signCheckpoint(signingKey(signing), { sequence, hash, time: '2026-01-01T00:00:00Z' }))}\n`
  return { folder, write, sign, key: write('key.pem', publicKeyOf(signing)) }
}

const chain = chainOf(7)

test('an export is verified offline: exits 0 if complete, 1 with the first bad record, 2 without an export', async (t) => {
  const { write, folder } = startFolder(t)
  const intact = await verify('--export', write('whole.ndjson', exportOf(chain)))
  assert.equal(intact.code, 0, intact.output)
  assert.match(intact.output, /7 records, each as it was written/)
  assert.match(intact.output, /Without --checkpoints/)
  const reordered = exportOf(chain).replaceAll(/^\{(.*)\}$/gm, (line) =>
    JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(line)).toReversed())),
  )
  assert.equal((await verify('--export', write('reordered.ndjson', reordered))).code, 0)
  const changed = await verify('--export', write('changed.ndjson', exportOf(chain).replace('title 4', 'title X')))
  assert.equal(changed.code, 1)
  assert.match(changed.output, /Record 4 is bad \(changed\)/)
  const broken = await verify('--export', write('broken.ndjson', exportOf(chain).replace('"event 3"', '"event')))
  assert.match(broken.output, /Record 3 is bad \(changed\)/)
  for (const [kind, links] of Object.entries({
    'Record 2 is bad (missing)': chain.toSpliced(1, 1),
    'Record 2 is bad (inserted)': chain.toSpliced(1, 0, chain[1]!),
    'Record 5 is bad (swapped)': chain.with(4, chain[5]!).with(5, chain[4]!),
  })) {
    const { code, output } = await verify('--export', write('bad.ndjson', exportOf(links)))
    assert.equal(code, 1)
    assert.ok(output.includes(kind), output)
  }
  assert.equal((await verify('--export', join(folder, 'none'))).code, 2)
  assert.equal((await verify('--export', write('other.txt', 'hello\n'))).code, 2)
  assert.equal((await verify('--exprot', 'x')).code, 2)
})

test('checkpoints reveal a missing end; they count only if signed with the key', async (t) => {
  const { write, sign, key } = startFolder(t)
  const signed = write('checkpoints', `${sign(chain[2]!)}{"sequence":5,"ha\n${sign(chain[6]!)}`)
  const against = (links: ChainLink[], checkpoints = signed, publicKey = key) =>
    verify('--export', write('export', exportOf(links)), '--checkpoints', checkpoints, '--public-key', publicKey)
  const intact = await against(chain)
  assert.equal(intact.code, 0, intact.output)
  assert.match(intact.output, /2 checkpoints hold/)
  assert.match(intact.output, /line 2 cannot be read/)
  const cut = await against(chain.slice(0, 5))
  assert.deepEqual([cut.code, /Record 6 is bad \(truncated\)/.test(cut.output)], [1, true])
  const forged = await against(chain, write('forged', sign(chain[2]!).replace('"sequence":3', '"sequence":2')))
  assert.deepEqual([forged.code, /signature/.test(forged.output)], [2, true])
  const another = startFolder(t)
  assert.equal((await against(chain, signed, another.key)).code, 2)
  assert.equal((await verify('--export', write('export', exportOf(chain)), '--checkpoints', signed)).code, 2)
})

test('a database is verified against signed checkpoints and exported; a changed column is detected', async (t) => {
  const service = await startAuditLogger(t)
  const key = join(service.folder, 'key.pem')
  writeFileSync(key, publicKeyOf(service.env.AUDIT_SIGNING_KEY))
  const tasks = Array.from({ length: 5 }, () => aTask())
  await service.deliver(
    'task-events',
    tasks.map((task) => anEvent(taskCreated, { task })),
  )
  const { user_id } = tasks[0]!
  await service.deliver('user-events', [anEvent(userDeleted, {}, { user_id, key: user_id })])
  await service.deps.checkpoints.processDue()
  const saved = join(service.folder, 'saved.ndjson')
  const checked = ['--checkpoints', service.env.AUDIT_CHECKPOINTS, '--public-key', key]
  const { url, pool } = service.database
  const intact = await verify('--database', url, '--save', saved, ...checked)
  assert.equal(intact.code, 0, intact.output)
  assert.match(intact.output, /6 records.*1 checkpoints hold/)
  assert.equal((await verify('--export', saved, ...checked)).code, 0)
  const tampered = async (statement: string) => {
    await pool.query(`SET session_replication_role = replica; ${statement}; SET session_replication_role = DEFAULT`)
    return verify('--database', url)
  }
  const hidden = await tampered('UPDATE audit.events SET user_id = NULL WHERE sequence = 3')
  assert.match(hidden.output, /Record 3 is bad \(changed\)/)
  const cut = await tampered('DELETE FROM audit.events WHERE sequence > 2')
  assert.match(cut.output, /Record 3 is bad \(truncated\)/)
  const emptied = await tampered('DELETE FROM audit.events; UPDATE audit.chain_head SET sequence = 0')
  assert.equal(emptied.code, 0)
  assert.match((await verify('--database', url, ...checked)).output, /Record 1 is bad \(truncated\)/)
})
