import type { IncomingHttpHeaders } from 'node:http'
import type { TaskLinkClaims, UnsubscribeClaims } from '@taskflow/event-contracts'
import { endpoint, type Tx } from '@taskflow/service-kit'
import { completeTask, durationInput, snoozeReminder } from '@taskflow/tasks'
import { z } from 'zod'
import { type AddressHashes, suppressAddress } from '../../account/mail/suppression.ts'
import { recordAccountAction } from '../../account/record-account-action.ts'
import type { NotificationDeps } from '../deps.ts'
import { changePreferences, readPreferences } from '../stored-preferences.ts'
import { type LinkPage, linkPage, withPages } from './link-page.ts'
import { InvalidLink } from './mail-links.ts'
import { linkParams } from './show-link.ts'

/**
 * Does what a link of a mail is for, once. Unsubscribing may be repeated; it is also what a mail program posts by
 * itself when its user asks for it (RFC 8058, one-click), so it needs neither page nor cookie and its body is not
 * looked at.
 */
export const followLink = ({ transaction, mailLinks, accountMail }: NotificationDeps) =>
  endpoint({
    method: 'post',
    path: '/links/:token',
    summary: 'Do what a link in a mail is for',
    access: 'public',
    params: linkParams,
    query: z.object({ for: durationInput.default('PT1H') }),
    produces: 'text/html',
    answers: { 200: z.string() },
    handle: ({ params, query, headers, origin }) =>
      withPages(async () => {
        const claims = await mailLinks.read(params.token)
        const page = await transaction(async (tx) => {
          if (claims.action === 'unsubscribe') return unsubscribe(tx, accountMail.hashes, claims, headers)
          await useOnce(tx, claims)
          return actions[claims.action](tx, claims, query.for)
        }, origin)
        return linkPage(200, page)
      }),
  })

type Action = (tx: Tx, claims: TaskLinkClaims, duration: string) => Promise<LinkPage>

const actions: Record<TaskLinkClaims['action'], Action> = {
  complete: async (tx, { sub, task_id }) => {
    const { title } = await completeTask(tx, sub, task_id)
    return { heading: 'Done', text: title }
  },
  snooze: async (tx, { sub, task_id, reminder_id }, duration) => {
    const task = await snoozeReminder(tx, sub, task_id, reminder_id, { for: duration })
    return { heading: 'You will be reminded again', text: task.title }
  },
}

/** Stops mail to the address that got the link, also when its account has another one by now or is gone. */
const unsubscribe = async (
  tx: Tx,
  hashes: AddressHashes,
  { sub, to }: UnsubscribeClaims,
  headers: IncomingHttpHeaders,
): Promise<LinkPage> => {
  const { isOfAccount, isNew } =
    to === undefined
      ? { isOfAccount: true, isNew: false }
      : await suppressAddress(tx, hashes, { digest: to, user_id: sub })
  if (isOfAccount) {
    const { channels } = await readPreferences(tx, sub)
    await changePreferences(tx, sub, { channels: { email: false } })
    // Whoever has the link may follow it, as often as they like.
    if (isNew || channels.email)
      await recordAccountAction(tx, sub, { action: 'address_unsubscribed', actor: 'anyone', headers })
  }
  return {
    heading: 'No more mail to this address',
    text: 'You can have it again in the settings of your account: turn e-mail on and confirm your address.',
  }
}

/** Records that a link was used; throws when it had been before. Records of expired links are deleted. */
const useOnce = async (tx: Tx, { jti, sub, exp }: TaskLinkClaims): Promise<void> => {
  await tx.$client.query('DELETE FROM tasks.used_links WHERE expires_at <= $1', [tx.clock.now().toString()])
  const { rowCount } = await tx.$client.query(
    'INSERT INTO tasks.used_links (id, user_id, expires_at) VALUES ($1, $2, to_timestamp($3)) ON CONFLICT DO NOTHING',
    [jti, sub, exp],
  )
  if (rowCount === 0) throw new InvalidLink(410, 'This link was used before. Each works once.')
}
