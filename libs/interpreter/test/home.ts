import { createWorld, task } from './world.ts'

/** The tasks that the phrases refer to, in Berlin on Saturday, 21 November 2026 at 11:00. */
export const createHome = (place: { now?: string; time_zone?: string; locale?: string } = {}) =>
  createWorld(
    [
      task('Buy milk', { due_date: '2026-11-21T16:00:00Z', tags: ['home'] }),
      task('Buy bread'),
      task('Pay rent', { due_date: '2026-11-20T08:00:00Z' }),
      task('Dentist', {
        due_date: '2026-11-25T13:30:00Z',
        reminders: [{ id: 'r1', type: 'before', offset: 'PT1H', at: '2026-11-25T12:30:00Z', state: 'pending' }],
      }),
      task('Write the report', { due_date: '2026-11-23T08:00:00Z', tags: ['work'] }),
      task('Gym', { due_date: '2026-11-23T17:00:00Z', recurrence_rule: 'weekly' }),
      task('Call mom'),
      task('Call mom about the party'),
      task('Yoga', { recurrence_rule: 'daily', category: 'paused' }),
      task('Check when the bus leaves'),
      task('Old tax', { is_completed: true }),
    ],
    place,
  )
