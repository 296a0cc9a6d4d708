import { startLane } from '../lane.ts'
import { alternate, type Measurement, median, medianRatio, short } from '../measurement.ts'

/** From an outbox full of events to their effect in one consumer, against the other three ways. */
export const drain: Measurement = {
  name: 'drain',
  measure: async ({ stand, pairs, report }) => {
    const database = await stand.createDatabase('drain')
    const lanes = {
      a: await startLane(stand, 'bareSingle', { topic: 'bench-single', database }),
      b: await startLane(stand, 'bareBulk', { topic: 'bench-bulk', database }),
      c: await startLane(stand, 'usual', { topic: 'bench-usual', database }),
      d: await startLane(stand, 'project', { topic: 'task-events', database }),
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
    const against = (way: 'a' | 'b' | 'c', goal: number, what: string) => ({
      name: `drain: d / ${way} (${what})`,
      value: medianRatio(figures.d, figures[way]),
      goal,
      better: 'higher' as const,
      from: `${short(median(figures.d))} / ${short(median(figures[way]))} events/s`,
    })
    return [against('a', 4, 'bare, single'), against('b', 0.5, 'bare, bulk'), against('c', 6, 'the usual way')]
  },
}
