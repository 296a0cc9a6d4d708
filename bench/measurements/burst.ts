import { setTimeout as delay } from 'node:timers/promises'
import { alternate, type Measurement, median, short } from '../measurement.ts'
import { fillSchedule, schedule } from '../reminders.ts'

const count = 10_000

/** Ten thousand reminders due at the same instant, with a million others pending: time until the last is in Kafka. */
export const burst: Measurement = {
  name: 'burst',
  measure: async ({ testbed, pairs, report }) => {
    const database = await testbed.createDatabase('burst')
    const { pool } = database
    await fillSchedule(database, 1_000_000)
    const service = await testbed.startService('reminder-service', database)
    const seconds = async () => {
      const at = Math.ceil(Date.now() / 1_000) * 1_000 + 4_000
      await schedule(
        pool,
        Array.from({ length: count }, () => at),
      )
      if (Date.now() > at) throw new Error('the reminders were due before all were scheduled')
      while (true) {
        const { rows } = await pool.query<{ count: number; last: Date }>(
          `SELECT count(DISTINCT event_id)::int AS count, max(published_at) AS last FROM reminders.outbox_published`,
        )
        if (rows[0]!.count === count) {
          await pool.query('TRUNCATE reminders.outbox_published')
          return (rows[0]!.last.getTime() - at) / 1_000
        }
        await delay(100)
      }
    }
    await seconds()
    const figures = await alternate(pairs, { seconds }, (round) => report(`until all are published ${round}`))
    await service.stop()
    return [
      {
        name: '10,000 reminders due at once: seconds until all are published',
        value: median(figures.seconds),
        goal: 3,
        better: 'lower',
        from: `${short(count / median(figures.seconds))} a second`,
      },
    ]
  },
}
