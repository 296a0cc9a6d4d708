import { setTimeout as delay } from 'node:timers/promises'
import type { ServiceName } from '@taskflow/service-kit'
import { p99AtWork, signUp } from '../api.ts'
import { alternate, type Measurement, median, medianRatio, short } from '../measurement.ts'
import { insertOutbox } from '../outbox.ts'
import { outboxDepth, untilQuiet } from '../quiet.ts'

const consumers: ServiceName[] = ['reminder-service', 'audit-logger']

/** Response times of a service while it publishes 100,000 events and the consumers take them. */
export const apiWhileDraining: Measurement = {
  name: 'API p99',
  measure: async ({ testbed, pairs, report }) => {
    const database = await testbed.createDatabase('api_p99')
    const services = []
    for (const name of ['chat-api', ...consumers] as const) services.push(await testbed.startService(name, database))
    const person = await signUp(services[0]!.url)
    const things = {
      quiet: () => p99AtWork(person, delay(6_000)),
      draining: async () => {
        await insertOutbox(database.pool, { count: 100_000, topic: 'task-events' })
        const empty = async () => {
          while ((await outboxDepth(database)) > 1_000) await delay(200)
        }
        const p99 = await p99AtWork(person, empty())
        await untilQuiet(testbed, database, consumers)
        return p99
      },
    }
    await p99AtWork(person, delay(3_000))
    const figures = await alternate(pairs, things, (round) => report(`p99 in ms ${round}`))
    for (const service of services) await service.stop()
    return [
      {
        name: 'API p99 while 100,000 events drain / quiet',
        value: medianRatio(figures.draining, figures.quiet),
        goal: 5,
        better: 'lower',
        from: `${short(median(figures.draining))} / ${short(median(figures.quiet))} ms`,
      },
    ]
  },
}
