import { setTimeout as delay } from 'node:timers/promises'
import autocannon from 'autocannon'
import { Pool } from 'undici'
import { percentile } from './measurement.ts'

/** A user of a chat-api, with one task. */
export interface Person {
  url: string
  id: string
  task: string
  headers: Record<string, string>
}

const newTask = JSON.stringify({
  title: 'Pay the rent for the flat',
  description: 'By standing order, to the account of the landlord',
  due_date: '2031-01-31T08:00:00Z',
  time_zone: 'Europe/Berlin',
  tags: ['home', 'money'],
})

export const signUp = async (url: string): Promise<Person> => {
  const json = { 'content-type': 'application/json' }
  const post = async (path: string, body: string, headers: Record<string, string>) => {
    const answer = await fetch(`${url}/api/v1${path}`, { method: 'POST', body, headers })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
  const account = { email: 'ada@example.com', password: 'correct horse', name: 'Ada' }
  const { user, token } = (await post('/auth/signup', JSON.stringify(account), json)) as {
    user: { id: string }
    token: string
  }
  const headers = { ...json, authorization: `Bearer ${token}` }
  const task = (await post('/tasks', newTask, headers)) as { id: string }
  return { url, id: user.id, task: task.id, headers }
}

/** Creates tasks over 16 connections as fast as responses arrive; resolves with the rate per second. */
export const postTasks = async ({ url, headers }: Person, seconds: number): Promise<number> => {
  const result = await autocannon({
    url: `${url}/api/v1/tasks`,
    method: 'POST',
    headers,
    body: newTask,
    connections: 16,
    duration: seconds,
  })
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refused, ${result.errors} failed`)
  return result['2xx'] / result.duration
}

/**
 * Sends 100 requests a second (create, list, show) on schedule, even while earlier ones are pending, until `enough`
 * resolves. Resolves with the 99th percentile of the response times in ms. (autocannon would send each second's in a
 * burst.)
 */
export const p99AtWork = async ({ url, headers, task }: Person, enough: Promise<unknown>): Promise<number> => {
  const pool = new Pool(url, { connections: 32 })
  const requests = [
    { method: 'POST', path: '/api/v1/tasks', body: newTask },
    { method: 'GET', path: '/api/v1/tasks?limit=20' },
    { method: 'GET', path: `/api/v1/tasks/${task}` },
  ] as const
  const took: number[] = []
  const send = async (number: number) => {
    const began = performance.now()
    const { statusCode, body } = await pool.request({ headers, ...requests[number % requests.length]! })
    await body.dump()
    if (statusCode >= 300) throw new Error(`the API responded with ${statusCode}`)
    took.push(performance.now() - began)
  }
  let working = true
  enough.then(() => {
    working = false
  })
  const sent: Promise<void>[] = []
  const began = performance.now()
  while (working) {
    const sending = send(sent.length)
    sending.catch(() => {}) // checked when all have finished
    sent.push(sending)
    await delay(Math.max(0, began + sent.length * 10 - performance.now()))
  }
  const failed = (await Promise.allSettled(sent)).find((each) => each.status === 'rejected')
  await pool.close()
  if (failed) throw failed.reason
  return percentile(took, 0.99)
}
