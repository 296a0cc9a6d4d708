import { postTasks, signUp } from '../api.ts'
import { alternate, type Measurement, median, medianRatio, short } from '../measurement.ts'
import { findPgbench, runPgbench } from '../pgbench.ts'
import { untilQuiet } from '../quiet.ts'

const seconds = 4

/** POST /tasks, durable with its event, against a database that only makes the two inserts. */
export const postTasksMeasurement: Measurement = {
  name: 'POST /tasks',
  measure: async ({ testbed, pairs, report }) => {
    const database = await testbed.createDatabase('post_tasks')
    const bare = await testbed.createDatabase('pgbench')
    const chatApi = await testbed.startService('chat-api', database)
    const person = await signUp(chatApi.url)
    const pgbench = findPgbench()
    const post = async () => {
      const rate = await postTasks(person, seconds)
      await untilQuiet(testbed, database, [])
      return rate
    }
    const two = async () => {
      if (!pgbench) return Number.NaN
      const rate = await runPgbench(pgbench, { databaseUrl: bare.url, folder: testbed.folder, seconds })
      await bare.pool.query('TRUNCATE tasks.outbox, tasks.tasks CASCADE')
      return rate
    }
    const things = { post, pgbench: two }
    await alternate(1, things)
    const figures = await alternate(pairs, things, (round) => report(`per second ${round}`))
    await chatApi.stop()
    return [
      {
        name: 'POST /tasks, 16 connections / pgbench with its two inserts',
        value: pgbench ? medianRatio(figures.post, figures.pgbench) : undefined,
        goal: 0.2,
        better: 'higher',
        from: `${short(median(figures.post))} / ${pgbench ? short(median(figures.pgbench)) : '?'} per second`,
      },
    ]
  },
}
