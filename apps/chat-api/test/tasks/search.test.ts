import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from '@taskflow/test-kit/fast-check'
import { createSearchUpkeep } from '../../src/tasks/search-upkeep.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

type Person = Awaited<ReturnType<Awaited<ReturnType<typeof startChatApi>>['signup']>>
interface Fragment {
  text: string
  match: boolean
}

const search = async (person: Person, q: string, more = '') => {
  const { status, body } = await person.get(`/api/v1/search?q=${encodeURIComponent(q)}${more}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const titles = async (person: Person, q: string, more = ''): Promise<string[]> =>
  (await search(person, q, more)).data.map(({ title }: { title: string }) => title)

/** Fragments with matches in brackets. */
const marked = (fragments: Fragment[]) => fragments.map(({ text, match }) => (match ? `[${text}]` : text)).join('')

test('words match regardless of case, accents and endings; quotes and minus are supported', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  for (const title of [
    'Pay the rent',
    'Rental car: pay',
    'Müller anrufen, wegen Straße',
    'read/write e-mail to foo@bar.de',
    'Позвонить Маме',
    '„Miete“—jetzt',
    'v1.2.3 — release!',
    "don't <b>forget</b> & 50% 'x'",
  ])
    await ada.post('/api/v1/tasks', { title })
  const cases: [q: string, found: string[]][] = [
    ['rent', ['Rental car: pay', 'Pay the rent']],
    ['"rent"', ['Pay the rent']],
    ['RENT pay', ['Rental car: pay', 'Pay the rent']],
    ['"pay the"', ['Pay the rent']],
    ['"the pay"', []],
    ['pay -car', ['Pay the rent']],
    ['pay -"the rent"', ['Rental car: pay']],
    ['pay -ren', ['Rental car: pay', 'Pay the rent']],
    ['muller', ['Müller anrufen, wegen Straße']],
    ['MÜLL strasse', ['Müller anrufen, wegen Straße']],
    ['write', ['read/write e-mail to foo@bar.de']],
    ['read/write', ['read/write e-mail to foo@bar.de']],
    ['e-mail', ['read/write e-mail to foo@bar.de']],
    ['foo@bar.de', ['read/write e-mail to foo@bar.de']],
    ['bar', ['read/write e-mail to foo@bar.de']],
    ['маме', ['Позвонить Маме']],
    ['miete', ['„Miete“—jetzt']],
    ['1.2', ['v1.2.3 — release!']],
    ['v1.2.3', ['v1.2.3 — release!']],
    ["don't", ["don't <b>forget</b> & 50% 'x'"]],
    ['forget', ["don't <b>forget</b> & 50% 'x'"]],
    ['"pay', ['Rental car: pay', 'Pay the rent']],
  ]
  for (const [q, found] of cases) assert.deepEqual([q, (await titles(ada, q)).toSorted()], [q, found.toSorted()])
})

test('words are found whatever their script and spelling, and marked', async (t) => {
  const { signup } = await startChatApi(t, {}, { API_REQUESTS_PER_MINUTE: '0' })
  const ada = await signup()
  const all = [
    '明天的会议记录整理',
    '東京タワーに行く',
    'ｶﾞｽ代',
    'ทดสอบการประชุมวันนี้',
    'Rust编程入门',
    'σεισμός ασφάλεια',
    'مُحَمَّد اتصل',
    'שָׁלוֹם עולם',
    'Write e-mail to boss',
    'Write email to team',
    'Follow-up with O’Brien',
    'call obrien about followup',
    '🎂 birthday cake',
    '👍🏽 review',
    'Viele Grüße an Jörg',
    'Gruesse von Mueller',
    'co\u00adoperate',
  ]
  for (const title of all) await ada.post('/api/v1/tasks', { title })
  const cases: [q: string, found: string[]][] = [
    ['会议', ['明天的[会议]记录整理']],
    ['会', ['明天的[会]议记录整理']],
    ['"会"', ['明天的[会]议记录整理']],
    ['理', ['明天的会议记录整[理]']],
    ['明天的会议', ['[明天的会议]记录整理']],
    ['会议记录 明天', ['[明天]的[会议记录]整理']],
    ['议会', []],
    ['タワー', ['東京[タワー]に行く']],
    ['ﾀﾜｰ', ['東京[タワー]に行く']],
    ['ガス', ['[ｶﾞｽ]代']],
    ['ประชุม', ['ทดสอบการ[ประชุม]วันนี้']],
    ['编程', ['Rust[编程]入门']],
    ['rust编程', ['[Rust编程入门]']],
    ['明天 -会议', []],
    ['ΣΕΙΣΜΟΣ', ['[σεισμός] ασφάλεια']],
    ['σεισμοσ', ['[σεισμός] ασφάλεια']],
    ['محمد', ['[مُحَمَّد] اتصل']],
    ['שלום', ['[שָׁלוֹם] עולם']],
    ['email', ['Write [email] to team', 'Write [e-mail] to boss']],
    ['e-mail', ['Write [email] to team', 'Write [e-mail] to boss']],
    ['"e-mail"', ['Write [email] to team', 'Write [e-mail] to boss']],
    ['write -e-mail', []],
    ['obrien', ['call [obrien] about followup', 'Follow-up with [O’Brien]']],
    ["o'brien", ['call [obrien] about followup', 'Follow-up with [O’Brien]']],
    ['followup', ['call obrien about [followup]', '[Follow-up] with O’Brien']],
    ['🎂', ['[🎂] birthday cake']],
    ['🎂 cake', ['[🎂] birthday [cake]']],
    ['👍', ['[👍]🏽 review']],
    ['gruesse', ['[Gruesse] von Mueller']],
    ['joerg', ['Viele Grüße an [Jörg]']],
    ['Müller', ['Gruesse von [Mueller]']],
    ['cooperate', ['[co\u00adoperate]']],
  ]
  for (const [q, found] of cases) {
    const { data } = await search(ada, q)
    const shown = data.map(({ highlights }: { highlights: { title: Fragment[] } }) => marked(highlights.title))
    assert.deepEqual([q, shown.toSorted()], [q, found.toSorted()])
  }
})

test('title matches rank first, then tags and category, then the description; ties by newest', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  for (const task of [
    { title: 'older', tags: ['garden'] },
    { title: 'in the text', description: 'the garden' },
    { title: 'garden' },
    { title: 'newer', category: 'Garden' },
  ])
    await ada.post('/api/v1/tasks', task)
  assert.deepEqual(await titles(ada, 'garden'), ['garden', 'newer', 'older', 'in the text'])
})

test('searches only own tasks in their current state: changed, completed, deleted, restored', async (t) => {
  const { signup } = await startChatApi(t)
  const [ada, eve] = [await signup(), await signup()]
  const { body: task } = await ada.post('/api/v1/tasks', { title: 'secret' })
  assert.deepEqual([await titles(eve, 'secret'), await titles(eve, 'secrte')], [[], []])
  await ada.patch(`/api/v1/tasks/${task.id}`, { title: 'public' })
  assert.deepEqual([await titles(ada, '"secret"'), await titles(ada, 'public')], [[], ['public']])
  await ada.post(`/api/v1/tasks/${task.id}/complete`)
  assert.deepEqual([await titles(ada, 'public', '&state=open'), await titles(ada, 'public')], [[], ['public']])
  assert.deepEqual(await titles(ada, 'public', '&state=completed'), ['public'])
  await ada.delete(`/api/v1/tasks/${task.id}`)
  assert.deepEqual([await titles(ada, 'public'), await titles(ada, 'pubilc')], [[], []])
  await ada.post(`/api/v1/tasks/${task.id}/restore`)
  assert.deepEqual(await titles(ada, 'public'), ['public'])
})

test('matches are marked in the original text, and a long description is truncated', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  const long = `${'x '.repeat(100)}pay the <i>Rent</i> 🎉 & re-rent ${'y '.repeat(100)}`
  await ada.post('/api/v1/tasks', { title: '🎉 Crème/<b>RENTS</b> café', description: long })
  const found = await search(ada, 'rent cafe')
  const { highlights } = found.data[0]
  assert.equal(marked(highlights.title), '🎉 Crème/<b>[RENTS]</b> [café]')
  assert.equal(highlights.title.map(({ text }: Fragment) => text).join(''), found.data[0].title)
  assert.match(marked(highlights.description), /^… (x )+pay the <i>\[Rent\]<\/i> 🎉 & re-\[rent\]( y)+…$/)
  assert.ok(marked(highlights.description).length < 250)
  // Excluded words are not marked, nor is anything in a text without a match.
  await ada.post('/api/v1/tasks', { title: 'car only', description: 'nothing' })
  assert.deepEqual((await search(ada, 'car -bus')).data[0].highlights, {
    title: [
      { text: 'car', match: true },
      { text: ' only', match: false },
    ],
    description: [],
  })
})

test('without a match, similar titles are returned and the response says so', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  for (const title of ['Buy groceries', 'Call the dentist', 'Pay rent']) await ada.post('/api/v1/tasks', { title })
  for (const [typo, title] of [
    ['grocreies', 'Buy groceries'],
    ['dentits', 'Call the dentist'],
    ['cal dentsit', 'Call the dentist'],
  ] as const) {
    const { data, is_fuzzy } = await search(ada, typo)
    assert.deepEqual([typo, data[0]?.title, is_fuzzy], [typo, title, true])
    assert.ok(data[0].highlights.title.every(({ match }: Fragment) => !match))
  }
  assert.equal((await search(ada, 'groceries')).is_fuzzy, false)
  assert.deepEqual(await search(ada, 'zebra'), { data: [], next_cursor: null, is_fuzzy: true })
  // A quoted phrase is matched exactly.
  assert.deepEqual(await search(ada, '"grocreies"'), { data: [], next_cursor: null, is_fuzzy: false })
})

test('pages hold each match once, best first, while more is added', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  for (let number = 0; number < 9; number++)
    await ada.post('/api/v1/tasks', { title: `task ${number}`, description: 'task '.repeat(number % 3) })
  const whole = await titles(ada, 'task')
  assert.equal(whole.length, 9)
  const seen: string[] = []
  let cursor = ''
  do {
    const { data, next_cursor } = await search(ada, 'task', `&limit=2${cursor}`)
    seen.push(...data.map(({ title }: { title: string }) => title))
    cursor = next_cursor === null ? '' : `&cursor=${next_cursor}`
    await ada.post('/api/v1/tasks', { title: 'other', description: 'task' })
  } while (cursor)
  assert.deepEqual(
    seen.filter((title) => title !== 'other'),
    whole,
  )
})

test('an invalid search is rejected with the field named', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  await ada.post('/api/v1/tasks', { title: 'a b' })
  const { next_cursor } = (await ada.get('/api/v1/tasks?limit=1')).body
  assert.equal(next_cursor, null)
  for (const [query, path] of [
    ['', 'q'],
    ['q=', 'q'],
    ['q=%20%22%22', 'q'],
    ['q=-only', 'q'],
    ['q=%26%20%7C%20!', 'q'],
    ['q=a%00b', 'q'],
    [`q=${'x'.repeat(201)}`, 'q'],
    [`q=${'x+'.repeat(21)}`, 'q'],
    ['q=a&state=done', 'state'],
    ['q=a&cursor=x', 'cursor'],
    ['q=a&sort=title', 'sort'],
  ] as const) {
    const { status, body } = await ada.get(`/api/v1/search?${query}`)
    assert.deepEqual([query, status, body.errors?.[0]?.path], [query, 422, path])
  }
})

test('any input is either searched for or rejected, and never a server error', async (t) => {
  const { signup } = await startChatApi(t, {}, { API_REQUESTS_PER_MINUTE: '0' })
  const ada = await signup()
  const texts = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(...`ab"'-:*&|!<>()\\ \u0301é🎉%_`), minLength: 1, maxLength: 20 }),
  )
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const made = await ada.post('/api/v1/tasks', { title: `a ${text}`, description: text })
      assert.ok([201, 422].includes(made.status))
      const { status } = await ada.get(`/api/v1/search?${new URLSearchParams({ q: text })}`)
      assert.ok([200, 422].includes(status), `${status}`)
      if (made.status !== 201) return
      const { data } = await search(
        ada,
        `a ${text.replaceAll('"', ' ').replaceAll('-', ' ')}`.slice(0, 200),
        '&limit=200',
      )
      const found = data.find(({ id }: { id: string }) => id === made.body.id)
      assert.ok(found, 'a task was not found by its own title')
      assert.equal(found.highlights.title.map((each: Fragment) => each.text).join(''), made.body.title)
    }),
    { numRuns: 150, examples: [['é!\u0301(a'], ['\u0660'], ['a\u0660b']] },
  )
})

for (const apart of ['a second', 'an hour', 'a week']) {
  test(`the newest of many matches are found, for common and rare words; created ${apart} apart`, async (t) => {
    const { service, signup } = await startChatApi(t)
    const ada = await signup()
    const interval = { 'a second': '1 s', 'an hour': '1 h', 'a week': '7 d' }[apart]
    // Two users whose tasks look the same to the index.
    for (const user of [ada.id, `00000000-0000-4000-8000-0000${ada.id.slice(-8)}`])
      await service.database.pool.query(
        `INSERT INTO tasks.tasks (id, user_id, title, description, priority, time_zone, is_completed, completed_at,
           recurrence_interval, recurrence_mode, recurrence_anchor, recurrence_catch_up, tags, version, created_at, updated_at)
         SELECT gen_random_uuid(), $1, concat_ws(' ', n, 'common', CASE WHEN n % 20 = 0 THEN 'some' END,
           CASE WHEN n % 10 = 0 THEN 'often' END, CASE WHEN n % 100 = 0 THEN 'seldom' END,
           CASE WHEN n % 2000 = 7 THEN 'rare' END, CASE WHEN n <= 40 THEN 'recent' END,
           CASE WHEN n > 4950 THEN 'ancient' END),
           '', 'low', 'UTC', n % 4 = 0, CASE WHEN n % 4 = 0 THEN now() END,
           1, 'on_completion', 'due_date', 'skip', '{}', 1, now() - n * $2::interval, now()
         FROM generate_series(1, 5000) AS n`,
        [user, interval],
      )
    const numbers = async (q: string, more = '') =>
      (await titles(ada, q, `&limit=200${more}`)).map((title) => Number.parseInt(title, 10)).toSorted((a, b) => a - b)
    const newest = (fits: (n: number) => boolean) =>
      Array.from({ length: 5_000 }, (_, index) => index + 1)
        .filter(fits)
        .slice(0, 100)
    const cases: [q: string, fits: (n: number) => boolean, more?: string][] = [
      ['common', () => true],
      ['often', (n) => n % 10 === 0],
      ['some', (n) => n % 20 === 0],
      ['seldom', (n) => n % 100 === 0],
      ['rare', (n) => n % 2000 === 7],
      ['recent', (n) => n <= 40],
      ['ancient', (n) => n > 4950],
      ['common often', (n) => n % 10 === 0],
      ['often common some', (n) => n % 20 === 0],
      ['common seldom', (n) => n % 100 === 0],
      ['common rare', (n) => n % 2000 === 7],
      ['common ancient often', (n) => n > 4950 && n % 10 === 0],
      ['common -often', (n) => n % 10 !== 0],
      ['often -some', (n) => n % 20 === 10],
      ['seldom -some', () => false],
      ['"some often"', (n) => n % 20 === 0],
      ['"often some" common', () => false],
      ['common', (n) => n % 4 === 0, '&state=completed'],
      ['some', (n) => n % 20 === 0, '&state=completed'],
      ['often', (n) => n % 20 === 10, '&state=open'],
    ]
    for (const [q, fits, more] of cases) assert.deepEqual([q, more, await numbers(q, more)], [q, more, newest(fits)])
  })
}

test('tasks from before are found by the new words when the upkeep has passed, and by the old ones until then', async (t) => {
  const { service, signup } = await startChatApi(t, {}, { API_REQUESTS_PER_MINUTE: '0' })
  const { pool } = service.database
  const ada = await signup()
  const migrations = new URL('../../../../libs/database/migrations/', import.meta.url)
  const documentOf = (name: string) =>
    /CREATE (?:OR REPLACE )?FUNCTION tasks\.search_document[^;]+;/
      .exec(readFileSync(new URL(name, migrations), 'utf8'))![0]
      .replace(/^CREATE FUNCTION/, 'CREATE OR REPLACE FUNCTION')
  await pool.query(documentOf('0010_task-search.sql'))
  for (let number = 0; number < 101; number++) await ada.post('/api/v1/tasks', { title: `plain ${number}` })
  await ada.post('/api/v1/tasks', { title: '明天的会议' })
  await ada.post('/api/v1/tasks', { title: 'e-mail' })
  const versions = async () => (await pool.query('SELECT id, xmin FROM tasks.tasks ORDER BY id')).rows
  const before = await versions()
  await pool.query(documentOf('0027_search-words.sql'))
  await pool.query("INSERT INTO tasks.search_refresh (after) VALUES ('00000000-0000-0000-0000-000000000000')")
  assert.deepEqual(await titles(ada, '明天的'), ['明天的会议'])
  assert.deepEqual(await titles(ada, '"会议"'), [])
  const upkeep = createSearchUpkeep(service.deps)
  for (let step = 0; step < 3; step++) await upkeep.processDue()
  assert.deepEqual(await titles(ada, '"会议"'), ['明天的会议'])
  assert.deepEqual(await titles(ada, '"email"'), ['e-mail'])
  assert.deepEqual((await pool.query('SELECT * FROM tasks.search_refresh')).rows, [])
  const after = await versions()
  assert.equal(before.filter(({ xmin }, index) => xmin !== after[index].xmin).length, 2, 'only what changes is written')
})
