import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { actorOf, recordAccountAction } from '../../account/record-account-action.ts'
import { deleteFeed } from '../calendar-feeds.ts'

export const deleteCalendarFeed = ({ transaction }: BaseDeps) =>
  endpoint({
    method: 'delete',
    path: '/api/v1/calendar-feed',
    summary: 'Let no calendar program read your due dates any more',
    access: 'user',
    scope: 'account:write',
    answers: { 204: null },
    handle: async ({ user, headers, origin }) => {
      await transaction(async (tx) => {
        if (!(await deleteFeed(tx, user.user_id))) return
        await recordAccountAction(tx, user.user_id, { action: 'calendar_feed_deleted', actor: actorOf(user), headers })
      }, origin)
      return { status: 204 }
    },
  })
