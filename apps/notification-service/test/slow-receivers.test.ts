import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '@taskflow/test-kit'
import { createPlaces } from '../src/domain/places.ts'
import { sendPending } from '../src/loops/send-pending.ts'
import { aPerson, aReminderDue, startNotificationService } from '../testing/start-notification-service.ts'
import { secret } from '../testing/start-receiver.ts'

test('receivers that were slow share a few places; posts to everybody else go on', async (t) => {
  const service = await startNotificationService(t)
  const person = () =>
    aPerson(service.database, {
      preferences: { channels: { email: false } },
      webhook: { url: 'https://hooks.example', secret },
    })
  const many = (count: number) => Promise.all(Array.from({ length: count }, person))
  const [slow, quick] = [await many(4), await many(6)]
  const held: (() => void)[] = []
  const posted: string[] = []
  const ignored = { inc: () => {}, startTimer: () => () => 0 } as never
  const posts = sendPending(
    { ...service.deps, attempts: ignored, duration: ignored },
    {
      channel: 'webhook',
      places: createPlaces({ all: 4, slow: 1, slowAfter: 50 }),
      limits: { perDay: 0, perPersonPerDay: 0, perPersonPerHour: 0, postsPerPersonPerHour: 0, waitingPerPerson: 50 },
      host: 'taskflow.example',
      send: async ({ recipient: { user_id } }) => {
        if (slow.includes(user_id)) await new Promise<void>((resolve) => held.push(resolve))
        posted.push(user_id)
        return { result: 'sent' }
      },
    },
  )
  const release = () => {
    for (const each of held.splice(0)) each()
  }

  await service.fire(...slow.map((user_id) => aReminderDue(user_id)))
  const learning = posts.processDue()
  await until(async () => held.length === 4)
  await new Promise((resolve) => setTimeout(resolve, 100))
  release()
  await learning

  posted.length = 0
  const reminders = [...slow, ...slow, ...quick].map((user_id) => aReminderDue(user_id))
  await service.fire(...reminders)
  const sending = posts.processDue()
  await until(async () => posted.length === 6)
  assert.deepEqual([posted.toSorted(), held.length], [quick.toSorted(), 1])
  // The slow ones are posted to as well, one after the other.
  const releasing = setInterval(release, 20)
  t.after(() => clearInterval(releasing))
  await until(async () => posted.length === 14)
  clearInterval(releasing)
  await sending
})

test('a receiver counts as slow once it has taken long, until it is quick again or an hour has passed', () => {
  let now = 0
  const places = createPlaces({ all: 3, slow: 1, slowAfter: 2_000, now: () => now })
  const admitted = (...people: string[]) => people.filter(places.admission())
  const post = (user_id: string, milliseconds: number) => {
    const place = places.enter(user_id)
    now += milliseconds
    place.answered()
    place.leave()
  }
  assert.deepEqual(admitted('a', 'b', 'c'), ['a', 'b', 'c'], 'nobody is known')
  for (const user_id of ['a', 'b']) post(user_id, 2_001)
  assert.deepEqual(admitted('a', 'b', 'c'), ['a', 'c'])
  const place = places.enter('c')
  assert.deepEqual([places.free(), admitted('a', 'd')], [2, ['a', 'd']])
  now += 2_001
  assert.deepEqual(admitted('a', 'd'), ['d'], 'one that runs counts as soon as it has taken long')
  place.answered()
  place.leave()
  post('a', 1)
  assert.deepEqual(admitted('a', 'b', 'c'), ['a', 'b'])
  now += 3_600_000
  assert.deepEqual(admitted('a', 'b', 'c'), ['a', 'b', 'c'])
})
