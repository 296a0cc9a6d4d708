import { alternate, type Measurement, median, medianRatio, percentile, short } from '../measurement.ts'
import { fillSchedule, schedule } from '../reminders.ts'
import type { Testbed } from '../testbed.ts'
import { watchInserts } from '../watch-inserts.ts'

const count = 500
const perSecond = 50

/** How late reminders fire, with few and with many others pending. */
export const lateness: Measurement = {
  name: 'lateness',
  measure: async ({ testbed, pairs, report }) => {
    const few = await startReminders(testbed, 'thousand_pending', 1_000)
    const many = await startReminders(testbed, 'million_pending', 1_000_000)
    const things = { few: few.p99, many: many.p99 }
    await alternate(1, things)
    const figures = await alternate(pairs, things, (round) => report(`p99 in ms ${round}`))
    await few.stop()
    await many.stop()
    const from = `${short(median(figures.many))} / ${short(median(figures.few))} ms`
    return [
      {
        name: 'lateness p99 of reminders, 1 million pending: ms',
        value: median(figures.many),
        goal: 100,
        better: 'lower',
        from,
      },
      {
        name: 'lateness p99 of reminders, 1 million pending / 1,000',
        value: medianRatio(figures.many, figures.few),
        goal: 1.5,
        better: 'lower',
        from,
      },
    ]
  },
}

/** A reminder-service with `pending` other reminders. `p99` measures reminders that become due one after the other. */
const startReminders = async (testbed: Testbed, name: string, pending: number) => {
  const database = await testbed.createDatabase(name)
  await fillSchedule(database, pending)
  const late = new Map<string, number>()
  const dueAt = new Map<string, number>()
  let complete = Promise.withResolvers<void>()
  const unwatch = await watchInserts(
    database,
    { table: 'reminders.outbox', about: `NEW.event::jsonb #>> '{data,reminder,id}'` },
    (id) => {
      late.set(id, Date.now() - dueAt.get(id)!)
      if (late.size === count) complete.resolve()
    },
  )
  const service = await testbed.startService('reminder-service', database)
  return {
    p99: async () => {
      late.clear()
      complete = Promise.withResolvers()
      const first = Date.now() + 1_000
      const times = Array.from({ length: count }, (_, index) =>
        Math.round(first + ((index + Math.random()) * 1_000) / perSecond),
      )
      const ids = await schedule(database.pool, times)
      ids.forEach((id, index) => void dueAt.set(id, times[index]!))
      await complete.promise
      return percentile([...late.values()], 0.99)
    },
    stop: async () => {
      await service.stop()
      await unwatch()
    },
  }
}
