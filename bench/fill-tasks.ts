import type { Database } from './testbed.ts'

const syllables = `(ARRAY['ba','ko','ri','ten','su','mal','ve','dor','pi','gan','lu','sho','ner','ti','wa','fel'])`
/** One of 20,000 words, drawn by Zipf's law: the n-th word is the n-th most common. */
const zipfian = `(SELECT ${syllables}[1 + n % 16]
    || CASE WHEN n < 16 THEN '' ELSE ${syllables}[1 + n / 16 % 16] END
    || CASE WHEN n < 256 THEN '' ELSE ${syllables}[1 + n / 256 % 16] END
    || CASE WHEN n < 4096 THEN '' ELSE ${syllables}[1 + n / 4096 % 16] END
  FROM (SELECT (20000 ^ random())::int + phrase * 0 AS n) AS drawn)`

/** A million tasks of words drawn by Zipf's law: a hundred thousand of the user, the rest of 900 others. */
export const fillTasks = async ({ pool }: Database, user_id: string): Promise<void> => {
  const client = await pool.connect()
  try {
    await client.query('SELECT setseed(0.5)')
    await client.query(
      `CREATE TEMP TABLE phrases AS
       SELECT phrase, concat_ws(' ', ${Array(4).fill(zipfian).join(', ')}) AS words FROM generate_series(0, 99999) AS phrase`,
    )
    await client.query('CREATE UNIQUE INDEX ON phrases (phrase)')
    await client.query('ANALYZE phrases')
    await client.query(
      `INSERT INTO tasks.tasks (id, user_id, title, description, priority, due_date, time_zone, is_completed, recurrence_interval,
         recurrence_mode, recurrence_anchor, recurrence_catch_up, tags, version, created_at, updated_at)
       SELECT uuidv7(make_interval(secs => -n)), people.id, title.words, concat_ws(' ', one.words, two.words), 'medium',
              now() + make_interval(secs => n), 'Europe/Berlin', false, 1, 'on_completion', 'due_date', 'skip', '{home,money}', 1,
              now() - make_interval(secs => n), now() - make_interval(secs => n)
       FROM generate_series(1000000, 1, -1) AS n
       JOIN (SELECT number, CASE number WHEN 0 THEN $1::uuid ELSE uuidv7() END AS id FROM generate_series(0, 900) AS number)
         AS people ON people.number = CASE n % 10 WHEN 0 THEN 0 ELSE 1 + n % 900 END
       JOIN phrases AS title ON title.phrase = abs(hashint4(n)) % 100000
       LEFT JOIN phrases AS one ON one.phrase = abs(hashint4(n + 1)) % 150000
       LEFT JOIN phrases AS two ON two.phrase = abs(hashint4(n + 2)) % 200000
       ORDER BY n DESC`,
      [user_id],
    )
    await client.query('VACUUM ANALYZE tasks.tasks')
    await client.query('CHECKPOINT')
  } finally {
    client.release()
  }
}
