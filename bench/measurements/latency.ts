import { startLane } from '../lane.ts'
import { alternate, type Measurement, median, medianRatio, percentile, short } from '../measurement.ts'

/** From commit (bare: publish) to effect at 50 events/s. */
export const latency: Measurement = {
  name: 'latency',
  measure: async ({ testbed, pairs, report }) => {
    const database = await testbed.createDatabase('latency')
    const lanes = {
      b: await startLane(testbed, 'bareBulk', { topic: 'bench-bulk', database }),
      d: await startLane(testbed, 'project', { topic: 'task-events', database }),
    }
    const p95 = async (lane: (typeof lanes)['b']) => percentile(await lane.latencies(250, 50), 0.95)
    const things = { b: () => p95(lanes.b), d: () => p95(lanes.d) }
    await alternate(1, things)
    const figures = await alternate(pairs, things, (round) => report(`p95 in ms ${round}`))
    for (const lane of Object.values(lanes)) await lane.stop()
    const from = `${short(median(figures.d))} / ${short(median(figures.b))} ms`
    return [
      {
        name: 'latency p95 at 50 events/s, commit -> effect: d / b',
        value: medianRatio(figures.d, figures.b),
        goal: 3,
        better: 'lower',
        from,
      },
      {
        name: 'latency p95 at 50 events/s, commit -> effect: d in ms',
        value: median(figures.d),
        goal: 25,
        better: 'lower',
        from,
      },
    ]
  },
}
