import { Pool } from 'undici'
import { signUp } from '../api.ts'
import { fillTasks } from '../fill-tasks.ts'
import { type Measurement, median, percentile, short } from '../measurement.ts'

const searches = 500

/** GET /search of a user with 100,000 of a million tasks, one search after the other. */
export const search: Measurement = {
  name: 'search',
  measure: async ({ testbed, pairs, report }) => {
    const database = await testbed.createDatabase('search')
    const chatApi = await testbed.startService('chat-api', database)
    const person = await signUp(chatApi.url)
    const began = performance.now()
    await fillTasks(database, person.id)
    report(`filled in ${short((performance.now() - began) / 1_000)} s`)
    // Words are drawn as often as they occur in tasks.
    const { rows } = await database.pool.query<{ title: string }>(
      'SELECT title FROM tasks.tasks WHERE user_id = $1 ORDER BY random() LIMIT $2',
      [person.id, searches],
    )
    const pool = new Pool(chatApi.url, { connections: 1 })
    const runSearch = async (q: string) => {
      const sent = performance.now()
      const path = `/api/v1/search?limit=20&q=${encodeURIComponent(q)}`
      const { statusCode, body } = await pool.request({ method: 'GET', path, headers: person.headers })
      await body.dump()
      if (statusCode !== 200) throw new Error(`the search for ${q} responded with ${statusCode}`)
      return performance.now() - sent
    }
    const p95s: number[] = []
    const all: { kind: Kind; ms: number }[] = []
    for (let round = 0; round <= pairs; round++) {
      const answers: typeof all = []
      for (const [index, { title }] of rows.entries()) {
        const kind = mix[index % mix.length]!
        answers.push({ kind, ms: await runSearch(queries[kind](title.split(' '))) })
      }
      const took = answers.map(({ ms }) => ms)
      const p95 = percentile(took, 0.95)
      report(`ms ${round}/${pairs}: median ${short(median(took))}, p95 ${short(p95)}, max ${short(Math.max(...took))}`)
      if (round === 0) continue
      p95s.push(p95)
      all.push(...answers)
    }
    for (const [kind, answers] of Map.groupBy(all, (each) => each.kind)) {
      const took = answers.map(({ ms }) => ms)
      report(`ms of a ${kind}: median ${short(median(took))}, p95 ${short(percentile(took, 0.95))}`)
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

const queries = {
  word: ([first]) => first!,
  beginning: ([first]) => first!.slice(0, 4),
  pair: ([first, second]) => `${first} ${second}`,
  phrase: ([first, second]) => `"${first} ${second}"`,
  exclusion: ([first, second]) => `${first} -${second}`,
  typo: ([first, second]) => `${first!.replace(/(.)(.)$/, '$2$1')}x ${second}`,
} satisfies Record<string, (words: string[]) => string>
type Kind = keyof typeof queries

/** The mix of kinds in ten searches. */
const mix: Kind[] = ['word', 'word', 'word', 'beginning', 'beginning', 'pair', 'pair', 'phrase', 'exclusion', 'typo']
