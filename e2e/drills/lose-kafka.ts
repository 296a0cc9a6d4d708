import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { topics } from '@taskflow/event-contracts'
import { createTopics } from '@taskflow/kafka-admin'
import type { Mesh } from '@taskflow/local-mesh'
import { services } from '@taskflow/service-kit'
import { check, withClient } from '../faults/checks.ts'
import { type Acknowledged, startLoad } from '../faults/load.ts'
import { archiveLog, baseBackup, restoreTo } from './backup.ts'
import { type Drill, lightLoad, type Outcome, untilSettled } from './drill.ts'
import { startServices, stopServices } from './members.ts'
import { sqlOf } from './page.ts'

/** Consumers that are behind when Kafka is lost. */
const slow = ['recurring-processor', 'notification-service', 'audit-logger'] as const

/** The three kinds of loss that the runbook lists row by row; everything else must be complete in the end. */
const named = ['not in the audit log', 'neither done nor parked', 'without a next one']

/** Loses the broker with its disk under load, while consumers are behind; an empty one replaces it. */
export const loseKafka: Drill = {
  name: 'Kafka lost with all it held',
  run: async (mesh) => {
    const load = await startLoad(mesh, lightLoad)
    await delay(6_000)
    for (const name of slow) mesh.members[name].sidecar.kill('SIGSTOP')
    await delay(2_000)
    const began = performance.now()
    await emptyBroker(mesh)
    for (const name of slow) mesh.members[name].sidecar.kill('SIGCONT')
    await mesh.ready()
    const back = (performance.now() - began) / 1_000
    await delay(5_000)
    await load.stop()
    await untilSettled(mesh)
    const found = await fix(mesh, load.acknowledged)
    return { ...found, summary: `all ready after ${back.toFixed(1)} s; ${found.summary}` }
  },
}

/** Restores the database to an earlier moment, with an empty Kafka. */
export const loseBoth: Drill = {
  name: 'Kafka and the database lost together',
  run: async (mesh) => {
    const archive = await archiveLog(mesh)
    await mesh.ready()
    const load = await startLoad(mesh, lightLoad)
    await delay(3_000)
    const backup = await baseBackup(mesh, archive)
    await delay(4_000)
    for (const name of slow) mesh.members[name].sidecar.kill('SIGSTOP')
    await delay(2_000)
    const before = structuredClone(load.acknowledged)
    const moment = new Date().toISOString()
    for (const name of slow) mesh.members[name].sidecar.kill('SIGCONT')
    await delay(3_000)
    await load.stop()
    await withClient(mesh.databaseUrl, (client) => client.query('SELECT pg_switch_wal()'))
    await delay(1_000)
    await stopServices(mesh)
    await restoreTo(mesh, backup, moment)
    await emptyBroker(mesh)
    await startServices(mesh)
    await untilSettled(mesh)
    return fix(mesh, before)
  },
}

/** Replaces the broker and its disk by an empty one with the topics. */
const emptyBroker = async (mesh: Mesh): Promise<void> => {
  mesh.broker.kill('SIGKILL')
  await mesh.broker.gone()
  await rm(join(mesh.folder, 'kafka'), { recursive: true })
  await mesh.broker.start()
  await createTopics(mesh.brokers, topics)
}

/** Steps 3 to 8 of the runbook; then counts what is lost or doubled that it does not name. */
const fix = async (mesh: Mesh, acknowledged: Acknowledged): Promise<Outcome> => {
  const sql = (page: string, name: string) => withClient(mesh.databaseUrl, (client) => client.query(sqlOf(page, name)))
  const missing = (await sql('disaster-recovery.md', 'missing')).rows as {
    consumer: string
    topic: string
    event_id: string
  }[]
  await sql('restore-database.md', 'agree')
  const refired = (await sql('disaster-recovery.md', 'fire again')).rowCount ?? 0
  // After a restart it reads its schedule at once, and after 10 s what was due before.
  mesh.members['reminder-service'].app.kill('SIGTERM')
  await delay(15_000)
  const unsettled = await untilSettled(mesh)
  await sql('disaster-recovery.md', 'states')
  const unnamed = await countUnlisted(mesh, missing)
  const standing = (await sql('disaster-recovery.md', 'standing still')).rowCount ?? 0

  const { lost, doubled, remarks } = await check(mesh, acknowledged)
  const isNamed = (remark: string) => named.some((each) => remark.includes(each))
  const isRefiring = (remark: string) => remark.includes('fired or were sent more than once')
  const sum = (what: (remark: string) => boolean) =>
    remarks.filter(what).reduce((total, remark) => total + Number.parseInt(remark, 10), 0)
  const unnamedSeries = Math.max(0, sum((remark) => remark.includes('without a next one')) - standing)
  const audited = new Set(missing.filter(({ consumer }) => consumer === 'audit').map(({ event_id }) => event_id))
  return {
    lost: lost - sum(isNamed) + unnamed + unnamedSeries,
    // Firing again is expected. A mail sent twice would count on top.
    doubled: doubled - Math.min(sum(isRefiring), refired),
    remarks: [
      ...remarks.filter((remark) => !isNamed(remark) && !isRefiring(remark)),
      ...(unsettled ? [unsettled] : []),
    ],
    summary:
      `${missing.length} deliveries were in Kafka alone ` +
      `(${audited.size} events not audited, ${standing} series stalled, ${refired} reminders fired again)`,
  }
}

/** Number of missing deliveries that the runbook's query did not list. */
const countUnlisted = (mesh: Mesh, missing: { consumer: string; event_id: string }[]): Promise<number> =>
  withClient(mesh.databaseUrl, async (client) => {
    const inboxes = Object.values(services).map(
      ({ schema }) => `SELECT '${schema}' AS inbox, event_id FROM ${schema}.inbox`,
    )
    const { rows } = await client.query<{ inbox: string; event_id: string }>(
      `SELECT DISTINCT inbox, event_id FROM watch.events JOIN watch.consumers USING (topic, type)
       WHERE (inbox, event_id) NOT IN (${inboxes.join(' UNION ALL ')})`,
    )
    const known = new Set(missing.map(({ consumer, event_id }) => `${consumer} ${event_id}`))
    return rows.filter(({ inbox, event_id }) => !known.has(`${inbox} ${event_id}`)).length
  })
