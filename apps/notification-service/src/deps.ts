import { accountMailChannel } from '@taskflow/event-contracts'
import {
  type BaseDeps,
  createBaseDeps,
  createDatabaseClock,
  createListener,
  type Loop,
  listening,
} from '@taskflow/service-kit'
import type { Config } from './config.ts'
import { accountMail, createOpenToken } from './domain/account-mail/account-mail.ts'
import { byMail, byWebhook } from './domain/channels.ts'
import { defaultPerDay, type Limits } from './domain/limits.ts'
import { createMailLinks, type MailLinks } from './domain/mail-links.ts'
import { createMailer, type Mailer, mailConnections } from './domain/mailer.ts'
import { createPlaces } from './domain/places.ts'
import { createWebhookSender, slowWebhookPlaces, type WebhookSender, webhookPlaces } from './domain/webhook.ts'
import { combineLoops } from './loops/combine-loops.ts'
import { accountMailConnections, sendAccountMails } from './loops/send-account-mails.ts'
import { sendPending } from './loops/send-pending.ts'
import { createNotificationMetrics } from './metrics.ts'

export interface Deps extends BaseDeps {
  mailer: Mailer
  webhooks: WebhookSender
  links: MailLinks
  publicUrl: string
  /** Attempts of one person to verify a webhook. */
  challengesPerHour: number
  /** Sends pending notifications of the ledger and mails about accounts; woken when one is added. */
  sending: Loop
}

export const createDeps = (config: Config, overrides: Partial<Deps> = {}): Deps => {
  const base = createBaseDeps(config, { ...overrides, clock: overrides.clock ?? createDatabaseClock() })
  const { clock } = base
  const publicUrl = config.PUBLIC_URL
  const maxConnections = mailConnections + accountMailConnections
  const mailer = overrides.mailer ?? createMailer({ url: config.SMTP_URL, from: config.MAIL_FROM, maxConnections })
  const webhooks = overrides.webhooks ?? createWebhookSender()
  const links = overrides.links ?? createMailLinks({ secret: config.LINK_SECRET, publicUrl, clock })
  const options = { host: new URL(publicUrl).hostname, limits: limitsIn(config) }
  const writer = () => ({ links, publicUrl, now: clock.now() })
  const sendDeps = { ...base, ...createNotificationMetrics(base, options.limits.perDay) }
  const mails = sendPending(sendDeps, {
    ...options,
    channel: 'email',
    places: createPlaces({ all: mailConnections }),
    send: byMail(mailer, writer),
  })
  const posts = sendPending(sendDeps, {
    ...options,
    channel: 'webhook',
    places: createPlaces({ all: webhookPlaces, slow: slowWebhookPlaces }),
    send: byWebhook(webhooks, config.WEBHOOK_PORTS, clock.now),
  })
  const openToken = createOpenToken(config.LINK_SECRET)
  const accountMails = sendAccountMails(sendDeps, {
    perDay: options.limits.perDay,
    send: async (row, stopping) => mailer.send(await accountMail(row, { links, publicUrl, openToken }), stopping),
  })
  const listener = createListener({
    channel: accountMailChannel,
    databaseUrl: config.databaseUrl,
    onNotify: accountMails.wake,
    log: base.log,
  })
  const loops = combineLoops('sending', [mails, posts, listening(accountMails, listener)])
  const sending: Loop = {
    ...loops,
    stop: async () => {
      await loops.stop()
      mailer.close()
      await webhooks.close()
    },
  }
  const challengesPerHour = config.WEBHOOK_CHALLENGES_PER_PERSON_PER_HOUR
  return { ...base, mailer, webhooks, links, publicUrl, challengesPerHour, sending: overrides.sending ?? sending }
}

const limitsIn = (config: Config): Limits => {
  const perDay = config.MAIL_PER_DAY ?? defaultPerDay(config.SMTP_URL)
  return {
    perDay,
    perPersonPerDay: config.MAIL_PER_PERSON_PER_DAY ?? Math.ceil(perDay / 10),
    perPersonPerHour: config.MAIL_PER_PERSON_PER_HOUR,
    postsPerPersonPerHour: config.WEBHOOK_POSTS_PER_PERSON_PER_HOUR,
    waitingPerPerson: config.WAITING_PER_PERSON,
  }
}
