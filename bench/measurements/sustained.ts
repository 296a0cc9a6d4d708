import { setTimeout as delay } from 'node:timers/promises'
import type { ServiceName } from '@taskflow/service-kit'
import { type Measurement, type MeasureOptions, short } from '../measurement.ts'
import { insertOutbox } from '../outbox.ts'
import { lagOf, outboxDepth, untilQuiet } from '../quiet.ts'
import type { Database } from '../stand.ts'

const rates = [500, 1_000, 2_000, 3_000, 4_500, 6_000, 7_500]
/** The services that take task-events. */
const consumers: ServiceName[] = ['reminder-service', 'audit-logger']

/** The highest rate of events that the real services keep up with for a minute. */
export const sustained: Measurement = {
  name: 'sustained',
  measure: async (options) => {
    const { stand, report } = options
    const database = await stand.createDatabase('sustained')
    const services = []
    for (const name of ['chat-api', ...consumers] as const) services.push(await stand.startService(name, database))
    await holds(options, database, 300, 5) // warms up, and gives every consumer an offset in every partition
    await untilQuiet(stand, database, consumers)

    // Short trials find where to look; a minute at the highest of them decides.
    const passed: number[] = []
    for (const rate of rates) {
      const { growth, told } = await holds(options, database, rate, 15)
      report(`${short(rate)} events/s for 15 s: ${told}`)
      await untilQuiet(stand, database, consumers)
      if (growth > 0.1) break
      passed.push(rate)
    }
    let from = 'no rate was held'
    let held = 0
    for (const rate of passed.toReversed()) {
      const { growth, told } = await holds(options, database, rate, 60)
      report(`${short(rate)} events/s for 60 s: ${told}`)
      await untilQuiet(stand, database, consumers)
      if (growth > 0.02) continue
      held = rate
      from = told
      break
    }
    for (const service of services) await service.stop()
    return [
      {
        name: 'sustained for 60 s, lag not growing, three real services: events/s',
        value: held,
        goal: 6_000,
        better: 'higher',
        from,
      },
    ]
  },
}

/**
 * Inserts rows at a rate and watches what each consumer has yet to take, rows in the outbox included. `growth` is the
 * steepest slope of these over the last two thirds, as a share of the rate: 0 keeps up, 1 does nothing.
 */
const holds = async ({ stand }: MeasureOptions, database: Database, rate: number, seconds: number) => {
  const samples: { at: number; backlogs: number[] }[] = []
  const began = performance.now()
  const elapsed = () => (performance.now() - began) / 1_000
  const insert = async () => {
    let inserted = 0
    while (elapsed() < seconds) {
      const due = Math.floor(elapsed() * rate) - inserted
      if (due > 0) await insertOutbox(database.pool, { count: due, topic: 'task-events' })
      inserted += Math.max(0, due)
      await delay(100)
    }
    return inserted
  }
  const watch = async () => {
    while (elapsed() < seconds) {
      const [waiting, lags] = await Promise.all([outboxDepth(database), lagOf(stand, consumers)])
      samples.push({ at: elapsed(), backlogs: lags.map((lag) => lag + waiting) })
      await delay(1_000)
    }
  }
  const [inserted] = await Promise.all([insert(), watch()])
  const late = samples.filter(({ at }) => at > seconds / 3)
  const slopes = consumers.map((_, index) => slope(late.map(({ at, backlogs }) => [at, backlogs[index]!])))
  const told = consumers.map((name, index) => `${name} ${short(samples.at(-1)!.backlogs[index]!)} behind at the end`)
  return {
    growth: Math.max(...slopes) / rate,
    told: `${short(inserted / seconds)} inserted a second, ${told.join(', ')}`,
  }
}

/** Least squares. */
const slope = (points: [number, number][]): number => {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))]
  const covariance = mean(points.map(([at, value]) => (at - x) * (value - y)))
  return covariance / mean(points.map(([at]) => (at - x) ** 2))
}
