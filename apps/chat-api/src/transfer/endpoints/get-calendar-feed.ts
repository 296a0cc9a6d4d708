import { instant } from '@taskflow/event-contracts'
import { type BaseDeps, endpoint, Problem } from '@taskflow/service-kit'
import { z } from 'zod'
import { findFeed } from '../calendar-feeds.ts'

const calendarFeed = z.object({ created_at: instant }).meta({ id: 'CalendarFeed' })

export const getCalendarFeed = ({ db }: BaseDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/calendar-feed',
    summary: 'Show whether calendar programs can read your due dates; the address itself is not kept',
    access: 'user',
    scope: 'account:read',
    problems: [404],
    answers: { 200: calendarFeed },
    handle: async ({ user }) => {
      const feed = await findFeed(db, user.user_id)
      if (!feed) throw new Problem('not-found', 'your due dates have no calendar address')
      return { status: 200, body: feed }
    },
  })
