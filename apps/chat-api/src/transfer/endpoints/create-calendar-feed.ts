import { instant } from '@taskflow/event-contracts'
import { endpoint, requireScope } from '@taskflow/service-kit'
import { z } from 'zod'
import { actorOf, recordAccountAction } from '../../account/record-account-action.ts'
import type { HttpDeps } from '../../http/deps.ts'
import { replaceFeed } from '../calendar-feeds.ts'

const created = z.object({ url: z.string(), created_at: instant }).meta({ id: 'CreatedCalendarFeed' })

export const createCalendarFeed = ({ transaction, publicUrl }: HttpDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/calendar-feed',
    summary:
      'Get the address under which calendar programs read your due dates (needs tasks:read too); ' +
      'it is shown once, the one before ends',
    access: 'user',
    scope: 'account:write',
    answers: { 201: created },
    handle: async ({ user, headers, origin }) => {
      // Whoever has the address reads tasks by it.
      requireScope(user, 'tasks:read')
      const { token, created_at } = await transaction(async (tx) => {
        const made = await replaceFeed(tx, user.user_id)
        const action = made.isFirst ? 'calendar_feed_created' : 'calendar_feed_replaced'
        await recordAccountAction(tx, user.user_id, { action, actor: actorOf(user), headers })
        return made
      }, origin)
      const url = new URL(`calendar/${token}.ics`, publicUrl.endsWith('/') ? publicUrl : `${publicUrl}/`).href
      return { status: 201, body: { url, created_at } }
    },
  })
