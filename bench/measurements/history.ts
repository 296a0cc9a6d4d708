import { setTimeout as delay } from 'node:timers/promises'
import { p99AtWork, postTasks, signUp } from '../api.ts'
import { fillHistory } from '../fill-history.ts'
import { startLane } from '../lane.ts'
import { alternate, type Measurement, median, medianRatio, percentile, type Ratio, short } from '../measurement.ts'
import { untilQuiet } from '../quiet.ts'

const goal = 1.3

/** Compares a database of a million tasks, audited events and inbox rows with an empty one. */
export const history: Measurement = {
  name: 'history',
  measure: async ({ testbed, pairs, report }) => {
    const rounds = Math.ceil(pairs * 1.8) // nine pairs where others have five
    const empty = await testbed.createDatabase('empty')
    const full = await testbed.createDatabase('history')
    const ratios: Ratio[] = []
    /** `slower`: factor by which the full database is slower. */
    const add = (what: string, unit: string, figures: { full: number[]; empty: number[] }, isTime: boolean) =>
      ratios.push({
        name: `1 million rows of history / none: ${what}`,
        value: isTime ? medianRatio(figures.full, figures.empty) : medianRatio(figures.empty, figures.full),
        goal,
        better: 'lower',
        from: `${short(median(figures.full))} / ${short(median(figures.empty))} ${unit}`,
      })

    const services = {
      full: await testbed.startService('chat-api', full),
      empty: await testbed.startService('chat-api', empty),
    }
    const people = { full: await signUp(services.full.url), empty: await signUp(services.empty.url) }
    const began = performance.now()
    await fillHistory(full, people.full.id)
    report(`filled in ${short((performance.now() - began) / 1_000)} s`)
    const post = (side: 'full' | 'empty') => async () => {
      const rate = await postTasks(people[side], 4)
      await untilQuiet(testbed, side === 'full' ? full : empty, [])
      return rate
    }
    const p99 = (side: 'full' | 'empty') => () => p99AtWork(people[side], delay(5_000))
    await alternate(1, { full: post('full'), empty: post('empty') })
    const posts = await alternate(rounds, { full: post('full'), empty: post('empty') }, (round) =>
      report(`POST /tasks per second ${round}`),
    )
    add('time of POST /tasks', 'per second', posts, false)
    const waits = await alternate(rounds, { full: p99('full'), empty: p99('empty') }, (round) =>
      report(`API p99 in ms ${round}`),
    )
    add('API p99', 'ms', waits, true)
    for (const service of Object.values(services)) await service.stop()

    const lanes = {
      full: await startLane(testbed, 'project', { topic: 'task-recurrence', database: full }),
      empty: await startLane(testbed, 'project', { topic: 'task-events', database: empty }),
    }
    const drain = { full: () => lanes.full.drain(40_000), empty: () => lanes.empty.drain(40_000) }
    await alternate(1, drain)
    add(
      'time to drain',
      'events/s',
      await alternate(rounds, drain, (round) => report(`drain, events/s ${round}`)),
      false,
    )
    const p95 = (side: 'full' | 'empty') => async () => percentile(await lanes[side].latencies(200, 50), 0.95)
    const latencies = await alternate(rounds, { full: p95('full'), empty: p95('empty') }, (round) =>
      report(`latency p95 in ms ${round}`),
    )
    add('latency p95', 'ms', latencies, true)
    for (const lane of Object.values(lanes)) await lane.stop()
    return ratios
  },
}
