import type { LinkClaims } from '@taskflow/event-contracts'
import { type Database, endpoint } from '@taskflow/service-kit'
import { findTask } from '@taskflow/tasks'
import { z } from 'zod'
import type { NotificationDeps } from '../deps.ts'
import { type LinkPage, linkPage, withPages } from './link-page.ts'

export const linkParams = z.object({ token: z.string().max(2_000) })

/** What a link of a mail would do. Changes nothing, however often it is fetched. */
export const showLink = ({ db, mailLinks }: NotificationDeps) =>
  endpoint({
    method: 'get',
    path: '/links/:token',
    summary: 'Show what a link in a mail does',
    access: 'public',
    params: linkParams,
    query: z.object({}),
    produces: 'text/html',
    answers: { 200: z.string() },
    handle: ({ params }) =>
      withPages(async () => {
        const claims = await mailLinks.read(params.token)
        return linkPage(200, await pages[claims.action](db, claims))
      }),
  })

const titleOf = async (db: Database, { sub, task_id }: LinkClaims) => (await findTask(db, sub, task_id)).title

const pages: Record<LinkClaims['action'], (db: Database, claims: LinkClaims) => Promise<LinkPage>> = {
  complete: async (db, claims) => ({
    heading: 'Done?',
    text: await titleOf(db, claims),
    buttons: [{ label: 'Mark as done', query: '?' }],
  }),
  snooze: async (db, claims) => ({
    heading: 'Remind you again later?',
    text: await titleOf(db, claims),
    buttons: [
      { label: 'In 15 minutes', query: '?for=PT15M' },
      { label: 'In an hour', query: '?for=PT1H' },
      { label: 'In 3 hours', query: '?for=PT3H' },
      { label: 'Tomorrow at this time', query: '?for=P1D' },
    ],
  }),
  unsubscribe: async () => ({
    heading: 'No more reminders by e-mail?',
    text: 'You can have them again at any time, in your notification preferences.',
    buttons: [{ label: 'Stop the mails', query: '?' }],
  }),
}
