import { startLane } from '../lane.ts'
import { alternate, type Measurement, median, medianRatio, short } from '../measurement.ts'

/** Three services that take the same events, instead of one: how fast each of them still is. */
export const threeConsumers: Measurement = {
  name: 'three consumers',
  measure: async ({ stand, pairs, report }) => {
    const one = await startLane(stand, 'project', {
      topic: 'task-events',
      database: await stand.createDatabase('one_consumer'),
    })
    const three = await startLane(stand, 'project', {
      topic: 'task-recurrence',
      database: await stand.createDatabase('three_consumers'),
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
