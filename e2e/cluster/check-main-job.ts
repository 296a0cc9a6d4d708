import { eventuallyWithin } from '@taskflow/test-kit'
import type { Cluster } from './cluster.ts'
import { makePerson, type Person } from './people.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers of the API, looked at field by field
type Json = any

const eventually = eventuallyWithin(60)

/** Completing a recurring task creates the next one, a due reminder becomes a mail, and all of it is audited. */
export const checkMainJob = async (cluster: Cluster): Promise<string> => {
  const person = await makePerson(cluster)
  const [next, mail] = await Promise.all([completeRecurring(person), remind(cluster, person)])
  return `the next occurrence after ${next} ms, the mail after ${mail} ms`
}

const completeRecurring = async ({ send }: Person): Promise<number> => {
  const task: Json = await send('POST', '/tasks', {
    title: 'Pay rent',
    due_date: '2035-01-31T09:00:00Z',
    recurrence_rule: 'monthly',
  })
  const began = performance.now()
  await send('POST', `/tasks/${task.id}/complete`)
  const next = await eventually('the next occurrence exists', async () => {
    const { data }: Json = await send('GET', `/tasks?series_id=${task.series_id}`)
    return data.find((each: Json) => !each.is_completed)
  })
  const took = Math.round(performance.now() - began)
  if (next.due_date !== '2035-02-28T09:00:00Z') throw new Error(`the next occurrence is due ${next.due_date}`)
  await eventually('both events of the task are in the audit log', async () => {
    const { data }: Json = await send('GET', `/audit?task_id=${task.id}`).catch(() => ({}))
    return data?.length === 2
  })
  return took
}

const remind = async ({ mailUrl }: Cluster, { send, email }: Person): Promise<number> => {
  const began = performance.now()
  const task: Json = await send('POST', '/tasks', {
    title: 'Call the bank',
    reminders: [{ type: 'at', at: '2026-01-01T09:00:00Z' }],
  })
  await eventually('the mail is in the mailbox', async () => {
    const answer = await fetch(`${mailUrl}/api/v1/search?query=to:${email}`)
    const { messages } = (await answer.json()) as Json
    return messages.some((each: Json) => each.Subject.includes('Call the bank'))
  })
  const took = Math.round(performance.now() - began)
  await eventually('the task knows that it was sent', async () => {
    const { reminders }: Json = await send('GET', `/tasks/${task.id}`)
    return reminders[0].state === 'sent'
  })
  return took
}
