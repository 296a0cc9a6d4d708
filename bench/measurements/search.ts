import { Pool } from 'undici'
import { signUp } from '../api.ts'
import { fillTasks } from '../fill-tasks.ts'
import { type Measurement, median, percentile, short } from '../measurement.ts'

const searches = 500

/** GET /search, asked by somebody with 100,000 tasks of a million, one search after the other. */
export const search: Measurement = {
  name: 'search',
  measure: async ({ stand, pairs, report }) => {
    const database = await stand.createDatabase('search')
    const chatApi = await stand.startService('chat-api', database)
    const person = await signUp(chatApi.url)
    const began = performance.now()
    await fillTasks(database, person.id)
    report(`filled in ${short((performance.now() - began) / 1_000)} s`)
    // Words as often as they are in tasks: the common ones are asked for most.
    const { rows } = await database.pool.query<{ title: string }>(
      'SELECT title FROM tasks.tasks WHERE user_id = $1 ORDER BY random() LIMIT $2',
      [person.id, searches],
    )
    const pool = new Pool(chatApi.url, { connections: 1 })
    const ask = async (q: string) => {
      const sent = performance.now()
      const path = `/api/v1/search?limit=20&q=${encodeURIComponent(q)}`
      const { statusCode, body } = await pool.request({ method: 'GET', path, headers: person.headers })
      await body.dump()
      if (statusCode !== 200) throw new Error(`the search for ${q} was answered ${statusCode}`)
      return performance.now() - sent
    }
    const p95s: number[] = []
    for (let round = 0; round <= pairs; round++) {
      const took: number[] = []
      for (const [index, { title }] of rows.entries()) took.push(await ask(questions[index % 10]!(title.split(' '))))
      const p95 = percentile(took, 0.95)
      report(`ms ${round}/${pairs}: median ${short(median(took))}, p95 ${short(p95)}, most ${short(Math.max(...took))}`)
      if (round > 0) p95s.push(p95)
    }
    await pool.close()
    await chatApi.stop()
    return [
      {
        name: 'GET /search p95 at 1 million tasks, 100,000 of them own',
        value: median(p95s),
        goal: 10,
        better: 'lower',
        from: `ms, ${searches} searches a round`,
      },
    ]
  },
}

type Question = (words: string[]) => string
const word: Question = ([first]) => first!
const beginning: Question = ([first]) => first!.slice(0, 4)
const words: Question = ([first, second]) => `${first} ${second}`
const phrase: Question = ([first, second]) => `"${first} ${second}"`
const without: Question = ([first, second]) => `${first} -${second}`
const typo: Question = ([first, second]) => `${first!.replace(/(.)(.)$/, '$2$1')}x ${second}`

/** Ten searches out of ten people. */
const questions = [word, word, word, beginning, beginning, words, words, phrase, without, typo]
