import { taskCompleted, taskCreated } from '@taskflow/event-contracts'
import { anEvent, aTask } from '@taskflow/test-kit'
import { v7 as uuidv7 } from 'uuid'

/** Every contender carries the same bytes: CloudEvents of one task each, so that every event has its own key. */
export interface BenchEvent {
  id: string
  key: string
  text: string
}

/** Placeholders for the two ids in the text, as long as real ones. */
export const eventIdMark = 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee'
export const taskIdMark = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'

const task = aTask({
  id: taskIdMark,
  title: 'Pay the rent for the flat',
  description: 'By standing order, to the account of the landlord',
  due_date: '2031-01-31T08:00:00Z',
  time_zone: 'Europe/Berlin',
  tags: ['home', 'money'],
})

/** The text of an event with placeholders for its ids, for SQL that writes many. Each topic has its own type. */
export const eventTemplate = (topic: string): string => {
  const event =
    topic === 'task-recurrence'
      ? anEvent(taskCompleted, { task, changed: {} }, { id: eventIdMark })
      : anEvent(taskCreated, { task }, { id: eventIdMark })
  return JSON.stringify(event)
}

/** Events created beforehand, so that creating them is not measured. */
export const makeEvents = (count: number): BenchEvent[] => {
  const parts = eventTemplate('task-events').split(eventIdMark).join('\0').split(taskIdMark)
  return Array.from({ length: count }, () => {
    const id = uuidv7()
    const key = uuidv7()
    return { id, key, text: parts.join(key).replace('\0', id) }
  })
}
