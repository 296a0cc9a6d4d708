import { startLane } from '../lane.ts'
import { alternate, type Measurement, median, medianRatio, short } from '../measurement.ts'

/** From an outbox full of events to their effect in one consumer, against the other three contenders. */
export const drain: Measurement = {
  name: 'drain',
  measure: async ({ testbed, pairs, report }) => {
    const database = await testbed.createDatabase('drain')
    const lanes = {
      a: await startLane(testbed, 'bareSingle', { topic: 'bench-single', database }),
      b: await startLane(testbed, 'bareBulk', { topic: 'bench-bulk', database }),
      c: await startLane(testbed, 'usual', { topic: 'bench-usual', database }),
      d: await startLane(testbed, 'project', { topic: 'task-events', database }),
    }
    const things = {
      a: () => lanes.a.drain(8_000),
      b: () => lanes.b.drain(60_000),
      c: () => lanes.c.drain(5_000),
      d: () => lanes.d.drain(40_000),
    }
    await alternate(1, things) // the first round warms up
    const figures = await alternate(pairs, things, (round) => report(`events/s ${round}`))
    for (const lane of Object.values(lanes)) await lane.stop()
    const against = (contender: 'a' | 'b' | 'c', goal: number, what: string) => ({
      name: `drain: d / ${contender} (${what})`,
      value: medianRatio(figures.d, figures[contender]),
      goal,
      better: 'higher' as const,
      from: `${short(median(figures.d))} / ${short(median(figures[contender]))} events/s`,
    })
    return [against('a', 4, 'bare, single'), against('b', 0.5, 'bare, bulk'), against('c', 6, 'the usual way')]
  },
}
