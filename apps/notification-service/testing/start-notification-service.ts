import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { reminders, tasks } from '@taskflow/database'
import { type DataOf, reminderDue } from '@taskflow/event-contracts'
import { anEvent, aTask, startService, type TestDatabase } from '@taskflow/test-kit'
import { drizzle } from 'drizzle-orm/node-postgres'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { createApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createDeps, type Deps } from '../src/deps.ts'
import { createMailer, mailTimeouts } from '../src/domain/mailer.ts'

type After = Pick<TestContext, 'after'>

export const linkSecret = 'links-of-tests-links-of-tests-links-of-tests'

export interface StartOptions {
  smtpUrl?: string
  env?: Record<string, string>
  database?: TestDatabase
}

/** The service with its real routes, on its own database or the given one, sending to `smtpUrl`. */
export const startNotificationService = async (
  t: After,
  overrides: Partial<Deps> = {},
  { smtpUrl = 'smtp://127.0.0.1:1', env, database }: StartOptions = {},
) => {
  const service = await startService(
    t,
    'notification-service',
    { readConfig, createDeps, createApp },
    { mailer: testMailer(smtpUrl), ...overrides },
    {
      env: { SMTP_URL: smtpUrl, PUBLIC_URL: 'https://taskflow.example', LINK_SECRET: linkSecret, ...env },
      ...(database ? { database } : {}),
    },
  )
  /** Delivers fired reminders of open tasks that chat-api knows. */
  const fire = async (...events: ReminderDue[]) => {
    await knowTasks(service.database, events)
    await service.deliver('task-reminders', events)
  }
  return {
    ...service,
    fire,
    /** Delivers fired reminders and sends everything due. */
    remind: async (...events: ReminderDue[]) => {
      await fire(...events)
      await service.deps.sending.processDue()
    },
    send: () => service.deps.sending.processDue(),
    /** The ledger, oldest first. */
    ledger: async () =>
      (await service.database.pool.query('SELECT * FROM notifications.ledger ORDER BY created_at, fired_for, channel'))
        .rows,
    /** The events it published. */
    published: async () => (await service.outbox('notifications')).map(({ event }) => event),
  }
}

/** The real mailer, with shorter timeouts. */
export const testMailer = (url: string, timeouts: Partial<typeof mailTimeouts> = {}) =>
  createMailer({
    url,
    from: { name: 'TaskFlow', address: 'reminders@taskflow.example' },
    timeouts: { ...mailTimeouts, ...timeouts },
  })

/** A user with an account; `preferences` and `webhook` as chat-api would store them. */
export const aPerson = async (
  { pool }: TestDatabase,
  fields: {
    id?: string
    email?: string
    time_zone?: string
    locale?: string
    preferences?: object
    webhook?: { url: string; secret: string; is_verified?: boolean }
    is_confirmed?: boolean
  } = {},
): Promise<string> => {
  const { id = randomUUID(), email = `${id}@example.com`, time_zone = 'UTC', locale = 'en', preferences = {} } = fields
  const confirmed_at = fields.is_confirmed === false ? null : new Date()
  await pool.query(
    `INSERT INTO identity.users (id, email, name, password_hash, time_zone, locale, preferences, created_at, email_confirmed_at)
     VALUES ($1, $2, 'Ada', '', $3, $4, $5, now(), $6)`,
    [id, email, time_zone, locale, preferences, confirmed_at],
  )
  if (fields.webhook) {
    const { url, secret, is_verified = true } = fields.webhook
    await pool.query('INSERT INTO identity.webhooks VALUES ($1, $2, $3, now(), CASE WHEN $4 THEN now() END)', [
      id,
      url,
      secret,
      is_verified,
    ])
  }
  return id
}

/** A fired reminder of a user's task. */
export const aReminderDue = (
  user_id: string,
  fields: Partial<ReturnType<typeof aTask>> = {},
  { late = false, at = '2026-03-01T08:00:00Z', reminder_id = randomUUID() } = {},
) => {
  const { id, title, description, priority, due_date, due_on, time_zone } = aTask(fields)
  return anEvent(
    reminderDue,
    {
      reminder: { id: reminder_id, type: '1_hour_before', at },
      task: { id, title, description, priority, due_date, due_on, time_zone },
      late,
    },
    { user_id, key: id },
  )
}

export type ReminderDue = ReturnType<typeof aReminderDue>

export const dataOf = (event: ReminderDue) => event.data as unknown as DataOf<typeof reminderDue>
export const reminderOf = (event: ReminderDue) => dataOf(event).reminder

/** The open tasks and reminders that chat-api holds when these fire. Existing rows are not changed. */
export const knowTasks = async ({ pool }: TestDatabase, events: ReminderDue[]): Promise<void> => {
  const db = drizzle(pool)
  const fired = events.map(dataOf)
  const rows = fired.map(({ user_id, task }) => aTask({ ...task, user_id: user_id ?? randomUUID() }))
  await db.insert(tasks).values(rows).onConflictDoNothing()
  const due = fired.map(({ reminder, task }, index) => {
    const position = fired.slice(0, index).filter((each) => each.task.id === task.id).length
    return { ...reminder, task_id: task.id, position, state: 'due' as const }
  })
  await db.insert(reminders).values(due).onConflictDoNothing()
}

/** `count` fired reminders of one person's task, each at another moment, which are due since an hour ago. */
export const aFlood = async (
  { fire, database, deps }: Pick<Awaited<ReturnType<typeof startNotificationService>>, 'fire' | 'database' | 'deps'>,
  user_id: string,
  count: number,
): Promise<void> => {
  const event = aReminderDue(user_id)
  await fire(event)
  const { id } = reminderOf(event)
  const copies = (table: string, key: string, change: string) => `INSERT INTO ${table}
    SELECT (jsonb_populate_record(${table.split('.')[1]}, ${change})).*
    FROM ${table}, unnest($2::uuid[]) WITH ORDINALITY AS copy (id, number) WHERE ${key} = $1`
  const ids = Array.from({ length: count - 1 }, () => randomUUID())
  const { pool } = database
  await pool.query(
    copies(
      'tasks.reminders',
      'reminders.id',
      `jsonb_build_object('id', copy.id, 'position', number, 'at', at - number * interval '1 s')`,
    ),
    [id, ids],
  )
  await pool.query(
    copies(
      'notifications.ledger',
      'reminder_id',
      `jsonb_build_object('reminder_id', copy.id, 'fired_for', fired_for - number * interval '1 s')`,
    ),
    [id, ids],
  )
  const since = deps.clock.now().subtract({ hours: 1 }).toString()
  await pool.query('UPDATE notifications.ledger SET next_attempt_at = $2 WHERE user_id = $1', [user_id, since])
}

/** A real mail server whose behaviour can be changed at any time, and the mails it received. */
export const startMailServer = async (t: After, options: SMTPServerOptions = {}) => {
  const mails: ParsedMail[] = []
  const behaviour: Pick<SMTPServerOptions, 'onConnect' | 'onMailFrom' | 'onRcptTo'> & {
    /** Runs after a complete mail has been received. */
    onMail?: (mail: ParsedMail, done: (error?: Error | null) => void) => void
  } = {}
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 10,
    onConnect: (session, done) => (behaviour.onConnect ?? ((_session, ok) => ok()))(session, done),
    onMailFrom: (address, session, done) =>
      (behaviour.onMailFrom ?? ((_address, _session, ok) => ok()))(address, session, done),
    onRcptTo: (address, session, done) =>
      (behaviour.onRcptTo ?? ((_address, _session, ok) => ok()))(address, session, done),
    onData: (stream, _session, done) => {
      simpleParser(stream).then((mail) => {
        const keep = (error?: Error | null) => {
          if (!error) mails.push(mail)
          done(error)
        }
        if (behaviour.onMail) behaviour.onMail(mail, keep)
        else keep()
      }, done)
    },
    ...options,
  })
  server.on('error', () => {})
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.server.address() as AddressInfo
  t.after(() => new Promise<void>((resolve) => server.close(resolve)))
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    behaviour,
    /** Cuts every connection. */
    drop: () => {
      for (const { _socket } of server.connections as unknown as Set<{ _socket: { destroy(): void } }>)
        _socket.destroy()
    },
  }
}

/** An SMTP error with a response code. */
export const smtpError = (responseCode: number, message = 'so it is') =>
  Object.assign(new Error(message), { responseCode })
