import { Readable } from 'node:stream'
import { endpoint, Problem } from '@taskflow/service-kit'
import { z } from 'zod'
import type { HttpDeps } from '../../http/deps.ts'
import { feedVersion, ownerOfFeed } from '../calendar-feeds.ts'
import { dueCalendar } from '../export-tasks.ts'

/** The due dates of the person who shared the address. It is the only key: calendar programs cannot sign in. */
export const showCalendar = ({ db, clock, publicUrl }: HttpDeps) =>
  endpoint({
    method: 'get',
    path: '/calendar/:token.ics',
    summary: 'Due dates for calendar programs',
    access: 'public',
    params: z.object({ token: z.string().max(200) }),
    // Programs add parameters of their own.
    query: z.object({}),
    produces: 'text/calendar',
    answers: { 200: z.string(), 304: null },
    handle: async ({ params, headers }) => {
      const user_id = await ownerOfFeed(db, params.token)
      if (user_id === undefined) throw new Problem('not-found', 'there is no such calendar')
      const caching = {
        etag: `W/"${await feedVersion(db, user_id)}"`,
        'cache-control': 'private, no-cache',
        'x-robots-tag': 'noindex',
      }
      if (headers['if-none-match']?.split(/\s*,\s*/).includes(caching.etag)) return { status: 304, headers: caching }
      return {
        status: 200,
        body: Readable.from(dueCalendar({ db, user_id, now: clock.now() }, new URL(publicUrl).hostname)),
        headers: { ...caching, 'content-type': 'text/calendar; charset=utf-8' },
      }
    },
  })
