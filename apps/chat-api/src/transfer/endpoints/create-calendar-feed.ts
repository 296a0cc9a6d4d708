import { instant } from '@taskflow/event-contracts'
import { endpoint, requireScope } from '@taskflow/service-kit'
import { z } from 'zod'
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
    handle: async ({ user, origin }) => {
      // Whoever has the address reads tasks by it.
      requireScope(user, 'tasks:read')
      const { token, created_at } = await transaction((tx) => replaceFeed(tx, user.user_id), origin)
      const url = new URL(`calendar/${token}.ics`, publicUrl.endsWith('/') ? publicUrl : `${publicUrl}/`).href
      return { status: 201, body: { url, created_at } }
    },
  })
