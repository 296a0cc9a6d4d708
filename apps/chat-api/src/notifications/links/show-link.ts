import type { TaskLinkClaims } from '@taskflow/event-contracts'
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
        if (claims.action === 'unsubscribe') return linkPage(200, unsubscribePage)
        return linkPage(200, await pages[claims.action](db, claims))
      }),
  })

const titleOf = async (db: Database, { sub, task_id }: TaskLinkClaims) => (await findTask(db, sub, task_id)).title

const pages: Record<TaskLinkClaims['action'], (db: Database, claims: TaskLinkClaims) => Promise<LinkPage>> = {
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
}

const unsubscribePage: LinkPage = {
  heading: 'No more mail to this address?',
  text: 'TaskFlow sends it no reminders any more, whoever has an account with it.',
  buttons: [{ label: 'Stop the mails', query: '?' }],
}
