import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readQuickAdd } from '../src/index.ts'
import { publicPhrases } from './public-phrases.ts'

const time_zone = 'Etc/GMT+2'
const now = Temporal.Instant.from('2013-02-12T06:30:00Z')

const outcome = (phrase: string, means: string | null, locale: string): 'right' | 'left' | 'wrong' => {
  const { task } = readQuickAdd(`x ${phrase}`, { now, time_zone, locale })
  const rule =
    task.recurrence_rule && task.recurrence_rule + (task.recurrence_interval ? ` x${task.recurrence_interval}` : '')
  const due =
    task.due_on ??
    (task.due_date &&
      Temporal.Instant.from(task.due_date)
        .toZonedDateTimeISO(time_zone)
        .toPlainDateTime()
        .toString({ smallestUnit: 'minute' }))
  if (!due && !task.reminders) return means === null ? 'right' : 'left'
  const isRead = means !== null && (rule ?? due!.slice(0, means.length)) === means
  return isRead && task.title === 'x' ? 'right' : 'wrong'
}

test('of the phrases of other programs at least 90 % are right, and none is silently wrong', (t) => {
  const all = publicPhrases.flatMap(({ source, locale, phrases }) =>
    phrases.map(([phrase, means]) => ({ source, phrase, is: outcome(phrase, means, locale) })),
  )
  for (const { source, phrases } of publicPhrases) {
    const of = (is: string) => all.filter((each) => each.source === source && each.is === is).length
    t.diagnostic(
      `${phrases.length} phrases: ${of('right')} right, ${of('left')} left in the title, ${of('wrong')} wrong: ${source}`,
    )
  }
  const inAll = (is: string) => all.filter((each) => each.is === is).length
  t.diagnostic(`${all.length} in all: ${inAll('right')} right, ${inAll('left')} left, ${inAll('wrong')} wrong`)
  for (const { phrase } of all.filter(({ is }) => is === 'left')) t.diagnostic(`left in the title: ${phrase}`)
  assert.ok(all.length >= 200, `${all.length} phrases`)
  assert.deepEqual(
    all.filter(({ is }) => is === 'wrong').map(({ phrase }) => phrase),
    [],
  )
  assert.ok(all.filter(({ is }) => is === 'right').length >= all.length * 0.9)
})
