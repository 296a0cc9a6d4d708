import { setTimeout as delay } from 'node:timers/promises'
import { readOptions, refuse } from '@taskflow/command-line'
import { serviceNames } from '@taskflow/service-kit'
import { countSnapshots, snapshotTasks } from '@taskflow/tasks'
import type pg from 'pg'
import { transactionOfChatApi, withDatabase } from './local-database.ts'

const usage = `npm run backfill -- --consumer NAME [options]

Sends every task to a service that was not there when its events were, or whose table has to be built again: a
task.snapshot on task-snapshots, which only that service takes. Uses the database of DATABASE_URL or of npm start. It can be
stopped at any time and run twice: a consumer keeps the newest version of a task.

  --consumer NAME  the service
  --from TIME      only tasks that have changed since, for example 2026-12-01T00:00:00Z
  --rate N         snapshots a second at most (default 500); it also waits while the outbox has two seconds' worth of them
  --after ID       go on after this task: where an earlier run was stopped
  --help           this text`

const options = readOptions(usage, {
  consumer: { type: 'string' },
  from: { type: 'string' },
  rate: { type: 'string', default: '500' },
  after: { type: 'string' },
})

const { consumer, after } = options
const rate = Number(options.rate)
if (!consumer) refuse(usage, '--consumer is missing')
if (!(serviceNames as string[]).includes(consumer!))
  refuse(usage, `there is no service ${consumer}; there are ${serviceNames.join(', ')}`)
if (!Number.isInteger(rate) || rate < 1 || rate > 10_000) refuse(usage, '--rate is a whole number from 1 to 10000')
if (after !== undefined && !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(after))
  refuse(usage, '--after is no task id')

const readTime = (text: string): string => {
  try {
    return Temporal.Instant.from(text).toString()
  } catch {
    return refuse(usage, `--from is no time with a zone: ${text}; write it like 2026-12-01T00:00:00Z`)
  }
}
const from = options.from === undefined ? undefined : readTime(options.from)

let isStopped = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (isStopped = true))

const sendAll = async (pool: pg.Pool): Promise<void> => {
  const transaction = transactionOfChatApi(pool)
  const all = await transaction((tx) => countSnapshots(tx, { from, after }))
  const limit = Math.min(rate, 250)
  let sent = 0
  let position = after
  let reported = performance.now()
  console.log(`${all} tasks for ${consumer}, at most ${rate} a second`)
  while (!isStopped) {
    const began = performance.now()
    if (await isBehind(pool)) {
      await delay(200)
      continue
    }
    const { count, last } = await transaction((tx) =>
      snapshotTasks(tx, { consumer: consumer!, from, after: position, limit }),
    )
    sent += count
    if (last === undefined) return console.log(`Done: ${sent} tasks.`)
    position = last
    if (performance.now() - reported > 5_000) {
      reported = performance.now()
      console.log(`${sent} of ${all} (${Math.floor((sent / Math.max(all, 1)) * 100)} %)`)
    }
    await delay((limit / rate) * 1_000 - (performance.now() - began))
  }
  console.log(`Stopped after ${sent} of ${all} tasks.${position ? ` To go on: --after ${position}` : ''}`)
  process.exitCode = 130
}

/** Whether the relay has not published what was sent: more would delay what people do. */
const isBehind = async (pool: pg.Pool): Promise<boolean> => {
  const { rows } = await pool.query<{ is_behind: boolean }>(
    'SELECT count(*) >= $1 AS is_behind FROM (SELECT 1 FROM tasks.outbox LIMIT $1) AS waiting',
    [rate * 2],
  )
  return rows[0]!.is_behind
}

await withDatabase(sendAll)
