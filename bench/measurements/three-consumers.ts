import { startLane } from '../lane.ts'
import { alternate, type Measurement, median, medianRatio, short } from '../measurement.ts'

/** Rate of each service when three take the same events instead of one. */
export const threeConsumers: Measurement = {
  name: 'three consumers',
  measure: async ({ testbed, pairs, report }) => {
    const one = await startLane(testbed, 'project', {
      topic: 'task-events',
      database: await testbed.createDatabase('one_consumer'),
    })
    const three = await startLane(testbed, 'project', {
      topic: 'task-recurrence',
      database: await testbed.createDatabase('three_consumers'),
      consumers: ['reminder-service', 'audit-logger', 'recurring-processor'],
    })
    const things = { one: () => one.drain(40_000), three: () => three.drain(24_000) }
    await alternate(1, things)
    const figures = await alternate(pairs, things, (round) => report(`events/s each ${round}`))
    await one.stop()
    await three.stop()
    return [
      {
        name: 'three consumers / one: events/s each',
        value: medianRatio(figures.three, figures.one),
        goal: 0.5,
        better: 'higher',
        from: `${short(median(figures.three))} / ${short(median(figures.one))} events/s`,
      },
    ]
  },
}
