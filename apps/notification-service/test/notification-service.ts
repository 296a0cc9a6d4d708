import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { startService } from '@taskflow/test-kit'
import { createMailbox } from '../../../tools/mailbox/mailbox.ts'
import { createApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createDeps, type Deps } from '../src/deps.ts'

/** The service with its real routes, on a database of its own, sending to `smtpUrl`. */
export const startNotificationService = (
  t: Pick<TestContext, 'after'>,
  overrides: Partial<Deps> = {},
  smtpUrl = 'smtp://127.0.0.1:1',
) =>
  startService(t, 'notification-service', { readConfig, createDeps, createApp }, overrides, {
    env: { SMTP_URL: smtpUrl, PUBLIC_URL: 'https://taskflow.example' },
  })

/** A real mail server on a free port, with what it caught. */
export const startMailServer = async (t: Pick<TestContext, 'after'>) => {
  const dir = await mkdtemp(join(tmpdir(), 'taskflow-mail-'))
  const mailbox = createMailbox({ dir, smtpPort: 0, httpPort: 0 })
  const ports = await mailbox.start()
  t.after(async () => {
    await mailbox.stop()
    await rm(dir, { recursive: true, force: true })
  })
  const get = async (path: string) => (await fetch(`http://127.0.0.1:${ports.httpPort}${path}`)).json()
  return {
    url: `smtp://127.0.0.1:${ports.smtpPort}`,
    /** Every mail, oldest first, with its texts. */
    mails: async (): Promise<
      { Subject: string; To: { Name: string; Address: string }[]; MessageID: string; Text: string; HTML: string }[]
    > => {
      const { messages } = (await get('/api/v1/messages')) as { messages: { ID: string }[] }
      return Promise.all(messages.toReversed().map(({ ID }) => get(`/api/v1/message/${ID}`))) as never
    },
  }
}
