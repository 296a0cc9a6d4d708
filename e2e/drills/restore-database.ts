import { execFile } from 'node:child_process'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Mesh } from '@taskflow/local-mesh'
import { check, untilQuiet, withClient } from '../faults/checks.ts'
import { type Acknowledged, startLoad } from '../faults/load.ts'
import { archiveLog, baseBackup, restoreTo } from './backup.ts'
import { type Drill, lightLoad, signingKey, untilSettled } from './drill.ts'
import { startServices, stopServices } from './members.ts'
import { resetGroups } from './offsets.ts'
import { sqlOf } from './page.ts'

/** Consumers that are behind at the moment that is restored: their events are still in Kafka. */
const slow = ['recurring-processor', 'reminder-service', 'notification-service', 'audit-logger'] as const

/**
 * Loses the server with its disk and restores it to an earlier moment, while Kafka and the checkpoints of the audit log
 * are newer.
 */
export const restoreDatabase: Drill = {
  name: 'the database restored to an earlier moment',
  run: async (mesh) => {
    const archive = await archiveLog(mesh)
    await mesh.ready()
    const sql = (page: string, name: string) =>
      withClient(mesh.databaseUrl, (client) => client.query(sqlOf(page, name)))
    const load = await startLoad(mesh, lightLoad)
    await delay(3_000)
    const backup = await baseBackup(mesh, archive)
    await signCheckpoint(mesh)
    await delay(4_000)
    for (const name of slow) mesh.members[name].sidecar.kill('SIGSTOP')
    await delay(2_000)
    const before = structuredClone(load.acknowledged)
    const moment = new Date()
    for (const name of slow) mesh.members[name].sidecar.kill('SIGCONT')
    await delay(4_000)
    await signCheckpoint(mesh)
    await load.stop()
    await untilQuiet(mesh, 120)
    // As archive_timeout does on a server with few writes.
    await withClient(mesh.databaseUrl, (client) => client.query('SELECT pg_switch_wal()'))
    await delay(1_000)

    await stopServices(mesh)
    const began = performance.now()
    await restoreTo(mesh, backup, moment.toISOString())
    const restored = (performance.now() - began) / 1_000
    const verdict = await verifyAudit(mesh)
    const after = await setAsideCheckpoints(mesh)
    const missing = (await sql('disaster-recovery.md', 'missing')).rowCount
    const again = await resetGroups(mesh.brokers, BigInt(moment.getTime() - 60_000))
    await startServices(mesh)
    const unsettled = await untilSettled(mesh)
    const [ahead] = (await sql('restore-database.md', 'ahead')).rows as { not_there: string; newer: string }[]
    await sql('restore-database.md', 'agree')

    const later = await startLoad(mesh, lightLoad)
    await delay(4_000)
    await later.stop()
    const unsettledLater = await untilSettled(mesh)
    const { lost, doubled, remarks } = await check(mesh, merged(before, later.acknowledged))
    remarks.push(...[unsettled, unsettledLater].filter((each) => each !== undefined))
    const verified = await verifyAudit(mesh)
    if (!/ as it was written; /.test(verified)) remarks.push(verified)
    const written = load.acknowledged.created.size - before.created.size
    return {
      lost,
      doubled,
      remarks,
      summary:
        `back in ${restored.toFixed(1)} s; ${written} later tasks are gone; audit:verify: ${verdict} ` +
        `${after} checkpoints set aside. ${missing} deliveries were missing; ${again} came again, after which ` +
        `reminder-service had ${ahead!.not_there} tasks that do not exist and ${ahead!.newer} newer ones, until they were ` +
        `reconciled; ${await countRepeatedMails(mesh)} mails came twice`,
    }
  },
}

/** audit-logger signs the end of its chain when it starts. */
const signCheckpoint = async ({ members }: Mesh) => {
  const { app } = members['audit-logger']
  const before = app.exits.length
  app.kill('SIGTERM')
  while (app.exits.length === before) await delay(50)
  await delay(1_500)
}

const files = ({ folder }: Mesh) => ({
  checkpoints: join(folder, 'audit-checkpoints.ndjson'),
  key: join(folder, 'audit-public-key.pem'),
})

const root = join(import.meta.dirname, '../..')

/** First line of `npm run audit:verify`. */
const verifyAudit = async (mesh: Mesh): Promise<string> => {
  const { checkpoints, key } = files(mesh)
  const privateKey = createPrivateKey({ key: Buffer.from(signingKey, 'base64'), format: 'der', type: 'pkcs8' })
  await writeFile(key, createPublicKey(privateKey).export({ format: 'pem', type: 'spki' }))
  const args = [
    'tools/audit-verify.ts',
    '--database',
    mesh.databaseUrl,
    '--checkpoints',
    checkpoints,
    '--public-key',
    key,
  ]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root }).catch((error) => error)
  return stdout.split('\n')[0]
}

/** The runbook's step: moves later checkpoints to another file, as evidence. Returns their number. */
const setAsideCheckpoints = async (mesh: Mesh): Promise<number> => {
  const { checkpoints } = files(mesh)
  const { rows } = await withClient(mesh.databaseUrl, (client) => client.query('SELECT sequence FROM audit.chain_head'))
  const lines = (await readFile(checkpoints, 'utf8')).split('\n').filter(Boolean)
  const kept = lines.filter((line) => JSON.parse(line).sequence <= Number(rows[0].sequence))
  await writeFile(`${checkpoints}.lost`, lines.filter((line) => !kept.includes(line)).join('\n'))
  await writeFile(checkpoints, `${kept.join('\n')}\n`)
  return lines.length - kept.length
}

/** What was acknowledged before and after. */
const merged = (before: Acknowledged, after: Acknowledged): Acknowledged => ({
  ...after,
  created: before.created.union(after.created),
  completedSeries: before.completedSeries.union(after.completedSeries),
  reminded: before.reminded.union(after.reminded),
  versions: new Map([...before.versions, ...after.versions]),
})

/** Number of mails to a person about the same task beyond the first. */
const countRepeatedMails = async ({ mailUrl }: Mesh): Promise<number> => {
  const answer = await fetch(`${mailUrl}/api/v1/messages?limit=100000`)
  const { messages } = (await answer.json()) as { messages: { To: { Address: string }[]; Subject: string }[] }
  return messages.length - new Set(messages.map(({ To, Subject }) => `${To[0]?.Address} ${Subject}`)).size
}
