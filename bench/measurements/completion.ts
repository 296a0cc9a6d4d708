import { setTimeout as delay } from 'node:timers/promises'
import { Pool } from 'undici'
import { signUp } from '../api.ts'
import { alternate, type Measurement, median, percentile, short } from '../measurement.ts'
import { watchInserts } from '../watch-inserts.ts'

const count = 250
const perSecond = 50
const daily = JSON.stringify({
  title: 'Water the plants',
  due_date: '2026-01-01T08:00:00Z',
  time_zone: 'Europe/Berlin',
  recurrence_rule: 'daily',
})

/** From the request that completes a recurring task to the commit of the next one. */
export const completion: Measurement = {
  name: 'completion',
  measure: async ({ testbed, pairs, report }) => {
    const database = await testbed.createDatabase('completion')
    const chatApi = await testbed.startService('chat-api', database)
    const processor = await testbed.startService('recurring-processor', database)
    const { headers } = await signUp(chatApi.url)
    const pool = new Pool(chatApi.url, { connections: 32 })
    const post = async (path: string, body?: string): Promise<{ id: string; series_id: string }> => {
      const answer = await pool.request({ method: 'POST', path: `/api/v1/tasks${path}`, headers, body: body ?? null })
      if (answer.statusCode >= 300)
        throw new Error(`${path} answered ${answer.statusCode}: ${await answer.body.text()}`)
      return (await answer.body.json()) as { id: string; series_id: string }
    }

    /** The open task of each series, and when its next one was committed. */
    const open = new Map<string, string>()
    const existed = new Map<string, number>()
    let expected = Number.POSITIVE_INFINITY
    let complete = Promise.withResolvers<void>()
    const unwatch = await watchInserts(
      database,
      { table: 'tasks.tasks', where: 'NEW.occurrence > 1', about: `NEW.series_id || ' ' || NEW.id` },
      (about) => {
        const [series, id] = about.split(' ') as [string, string]
        open.set(series, id)
        existed.set(series, performance.now())
        if (existed.size === expected) complete.resolve()
      },
    )
    const begin = async (number: number) => {
      open.clear()
      const tasks = await Promise.all(Array.from({ length: number }, () => post('', daily)))
      for (const { id, series_id } of tasks) open.set(series_id, id)
    }
    /** Completes the open task of every series at a steady rate. */
    const completeAll = async (): Promise<Map<string, number>> => {
      existed.clear()
      expected = open.size
      complete = Promise.withResolvers()
      const requested = new Map<string, number>()
      const began = performance.now()
      const answers: Promise<unknown>[] = []
      for (const [series, id] of [...open]) {
        await delay(Math.max(0, began + (answers.length * 1_000) / perSecond - performance.now()))
        requested.set(series, performance.now())
        answers.push(post(`/${id}/complete`))
      }
      await Promise.all(answers)
      return requested
    }

    // The processor misses events published before it has joined its group.
    do {
      await begin(3)
      await completeAll()
    } while (!(await Promise.race([complete.promise.then(() => true), delay(1_000, false)])))
    await begin(count)
    const p95 = async () => {
      const requested = await completeAll()
      await complete.promise
      return percentile(
        [...requested].map(([series, at]) => existed.get(series)! - at),
        0.95,
      )
    }
    await alternate(4, { p95 }) // warms up: new services are slow for a thousand requests
    const figures = await alternate(pairs, { p95 }, (round) => report(`in ms ${round}`))
    await pool.close()
    await unwatch()
    await chatApi.stop()
    await processor.stop()
    return [
      {
        name: 'task completed -> the next one exists, p95 at 50/s: ms',
        value: median(figures.p95),
        goal: 40,
        better: 'lower',
        from: `${short(Math.min(...figures.p95))} to ${short(Math.max(...figures.p95))} ms`,
      },
    ]
  },
}
