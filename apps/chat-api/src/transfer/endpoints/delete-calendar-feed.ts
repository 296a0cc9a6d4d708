import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { deleteFeed } from '../calendar-feeds.ts'

export const deleteCalendarFeed = ({ db }: BaseDeps) =>
  endpoint({
    method: 'delete',
    path: '/api/v1/calendar-feed',
    summary: 'Let no calendar program read your due dates any more',
    access: 'user',
    scope: 'account:write',
    answers: { 204: null },
    handle: async ({ user }) => {
      await deleteFeed(db, user.user_id)
      return { status: 204 }
    },
  })
