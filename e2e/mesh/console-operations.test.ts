import assert from 'node:assert/strict'
import { after, before, describe, type TestContext, test } from 'node:test'
import { type Mesh, startMesh } from '@taskflow/local-mesh'
import { eventuallyWithin } from '@taskflow/test-kit'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser } from '../console/browser.ts'
import { look } from '../console/look.ts'
import { makeAdmin, newPerson, type Person } from '../console/person.ts'

const eventually = eventuallyWithin(60)

// biome-ignore lint/suspicious/noExplicitAny: answers of the API, looked at field by field
type Json = any

const allWell = 'All 5 services are well.'

describe('the operations in the web page, in a real browser on a whole mesh', () => {
  let mesh: Mesh
  let browser: Browser
  before(async () => {
    mesh = await startMesh()
    browser = await launchBrowser()
  })
  after(async () => {
    await browser?.close()
    await mesh?.stop()
  })

  /** An admin on the mesh page; the role counts within 10 s. */
  const newAdmin = async (t: TestContext, options: BrowserContextOptions = {}): Promise<Person> => {
    const person = await newPerson(t, browser, mesh.url, options)
    await makeAdmin(person, mesh.databaseUrl)

    await person.page.goto('/operations')
    await person.page.getByText(allWell).waitFor({ timeout: 60_000 })
    await eventually('the role counts everywhere', () =>
      person.request('GET', '/admin/mesh').then(
        () => true,
        () => false,
      ),
    )
    return person
  }

  const show = (page: Page, place: string) =>
    page.getByRole('navigation', { name: 'Operations' }).getByRole('link', { name: place }).click()
  const rows = (page: Page, table: string) => page.getByRole('region', { name: table, exact: true }).locator('tbody tr')

  const publish = async (page: Page, event: string) => {
    await show(page, 'Events')
    await page.getByRole('button', { name: 'Test event' }).click()
    await page.getByRole('dialog').getByLabel('Event').selectOption(event)
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.waitForURL('**/operations/events/*')
    return decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1)!)
  }

  test('the mesh: five services, events per second between them, and why one is down', async (t) => {
    const { page, request } = await newAdmin(t)
    for (const name of ['chat-api', 'recurring-processor', 'reminder-service', 'notification-service', 'audit-logger'])
      await page.getByRole('heading', { name, exact: true }).waitFor()
    await page.getByText('The flow as a table').click()
    const rate = (flow: RegExp) =>
      eventually(`${flow} has a rate`, async () => {
        await request('POST', '/tasks', { title: 'Water the plants' })
        const cells = await rows(page, 'Flow').filter({ hasText: flow }).locator('td').allTextContents()
        return /^(<0\.1|0\.[1-9]|[1-9])/.test(cells[3] ?? '')
      })
    await rate(/^chat-apipublishestask-events/)
    await rate(/^audit-loggertakestask-events/)
    await page.getByRole('img', { name: /audit-logger takes task-events, [\d.<]+ a second/ }).waitFor()
    assert.equal(await rows(page, 'Topics').count(), 6)
    await rows(page, 'Components').filter({ hasText: 'kafka-pubsub' }).getByText('audit-logger').waitFor()

    const { app } = mesh.members['notification-service']
    app.kill('SIGSTOP')
    try {
      await page.getByText('notification-service is unreachable.').waitFor()
      await page.getByText(/notification-service or its sidecar hangs/).waitFor()
    } finally {
      app.kill('SIGCONT')
    }
    await page.getByText(allWell).waitFor()
  })

  test('a test event is followed to all its consumers; the tail shows it, filtered by the address', async (t) => {
    const { page, request } = await newAdmin(t)
    const id = await publish(page, 'task.deleted on task-events')
    await page.getByRole('heading', { level: 1, name: 'task.deleted' }).waitFor()
    const consumers = rows(page, 'Consumers')
    for (const service of ['chat-api', 'reminder-service', 'audit-logger'])
      await consumers.filter({ hasText: service }).getByText('done').waitFor()
    assert.equal(await consumers.count(), 3)
    await rows(page, 'Outbox and topics').filter({ hasText: 'task-events' }).getByText('published').waitFor()
    await page.getByRole('listitem').filter({ hasText: 'this one' }).first().waitFor()
    const shown = await page.getByRole('region', { name: 'The event as JSON' }).textContent()
    assert.equal(JSON.parse(shown!).id, id)

    await show(page, 'Events')
    await page.getByLabel('Type').selectOption('recurring_task.changed')
    await page.waitForURL('**/operations/events?type=recurring_task.changed')
    await page.reload()
    await page.getByText(/^Live\./).waitFor()
    const body = { topic: 'task-recurrence', type: 'recurring_task.changed' }
    const { id: live } = await request('POST', '/admin/events/test', body)
    await page.locator(`a[href="/operations/events/${live}"]`).waitFor()
    assert.equal(await page.locator(`a[href="/operations/events/${id}"]`).count(), 0, 'another type is not shown')
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByText(/^Paused\./).waitFor()
  })

  test('a subscription is paused with a note and resumed; the mesh says so', async (t) => {
    const { page, request } = await newAdmin(t)
    await page.getByRole('button', { name: 'Pause task-reminders at notification-service' }).click()
    await page.getByRole('dialog').getByLabel('Why').fill('the mail server moves')
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click()
    const row = rows(page, 'Subscriptions')
      .filter({ hasText: 'notification-service' })
      .filter({ hasText: 'task-reminders' })
    await row.getByText('paused by the operator').waitFor()
    await row.getByText('the mail server moves').waitFor()
    await page.getByText('notification-service is degraded.').waitFor()
    await page.getByText(/task-reminders is paused by the operator since .*: the mail server moves/).waitFor()
    await page.getByRole('button', { name: 'Resume task-reminders at notification-service' }).click()
    await page.getByText(allWell).waitFor()
    await row.getByText('runs').waitFor()
    const { services } = await request('GET', '/admin/mesh')
    assert.deepEqual(services['notification-service'].paused, [])
  })

  test('an unreadable event is a dead letter with the reason; it is redriven and discarded', async (t) => {
    const { page, request } = await newAdmin(t)
    const id = await publish(page, 'an unreadable one on task-events')
    const consumers = rows(page, 'Consumers')
    for (const service of ['chat-api', 'reminder-service', 'audit-logger'])
      await consumers.filter({ hasText: service }).getByRole('link', { name: 'parked' }).waitFor()
    await show(page, 'Dead letters')
    const letters = rows(page, 'Dead letters')
    await letters.nth(2).waitFor()
    await letters
      .filter({ hasText: 'reminder-service' })
      .getByText('made_to_be_unreadable')
      .waitFor({ state: 'attached' })

    const parkings = async () => {
      const { data } = await request('GET', '/admin/events?type=dead_letter.parked&limit=200')
      return data.filter(({ data }: Json) => JSON.stringify(data).includes(id)).length
    }
    await eventually('each has reported that it parked it', async () => (await parkings()) === 3)
    await page.getByLabel('Select all that are parked').check()
    await page.getByRole('button', { name: 'Redrive 3 events' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Redrive' }).click()
    await page.getByText('3 events handed to their consumers again').waitFor()
    await eventually('each has parked it again', async () => (await parkings()) === 6)

    await letters.filter({ hasText: 'reminder-service' }).getByRole('link').click()
    const problems = rows(page, 'What differs from the current schema')
    await problems.filter({ hasText: 'data.made_to_be_unreadable' }).getByText('is not a field of the schema').waitFor()
    assert.match((await page.getByRole('region', { name: 'Content' }).textContent())!, /"made_to_be_unreadable": true/)
    await page.getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('dialog').getByLabel('Why').fill('made by the test')
    await page.getByRole('button', { name: 'Discard for good' }).click()
    await page.waitForURL('**/operations/dead-letters')
    await letters.filter({ hasText: 'reminder-service' }).waitFor({ state: 'detached' })
    assert.equal(await letters.count(), 2)
    await page.goto(`/operations/dead-letters/${encodeURIComponent(`reminder-service:${id}`)}`)
    await page.getByText('It is no longer held').waitFor()
    await request('POST', `/admin/dead-letters/chat-api:${id}/discard`, { note: 'made by the test' })
    await show(page, 'Dead letters')
    await page.getByRole('button', { name: 'All that match' }).click()
    const matching = page.getByRole('dialog')
    await matching.getByLabel('Service').selectOption('audit-logger')
    await matching.getByLabel('Reason contains').fill('made_to_be')
    await matching.getByRole('button', { name: 'Discard all that match' }).click()
    await matching.getByText('Write why they are discarded.').waitFor()
    await matching.getByLabel('Why').fill('made by the test')
    await matching.getByRole('button', { name: 'Discard all that match' }).click()
    await page.getByText('1 event discarded').waitFor()
    await page.getByText('Nothing is held back').waitFor()
  })

  test('mail, lag, schedules and the audit log with the state of its chain', async (t) => {
    const { page, email, request } = await newAdmin(t)
    const inAnHour = new Date(Date.now() + 3_601_000).toISOString()
    const due = { due_date: inAnHour, reminders: [{ type: '1_hour_before' }] }
    const task = await request('POST', '/tasks', { title: 'Call the bank', ...due })
    await request('POST', '/tasks', {
      ...{ title: 'Pay rent', due_date: '2031-01-31T09:00:00Z', reminders: [{ type: '1_hour_before' }] },
    })

    await show(page, 'Mail')
    await rows(page, 'Mail')
      .filter({ hasText: email })
      .getByRole('link', { name: /Call the bank/ })
      .click()
    await page.getByRole('region', { name: 'Text' }).getByText('this is your reminder of: Call the bank').waitFor()
    await page.getByRole('region', { name: 'HTML' }).getByText('<h1 style').waitFor()

    await show(page, 'Schedules')
    await rows(page, 'Reminders').filter({ hasText: '2031-01-31 09:00:00' }).getByText('waiting').waitFor()
    await rows(page, 'Fired last')
      .filter({ hasText: task.id.slice(-12) })
      .waitFor()

    await show(page, 'Consumers')
    await page.getByRole('img', { name: /^Lag of audit-logger in the last .+: \d+ now, \d+ at most$/ }).waitFor()
    await page.locator('summary').filter({ hasText: 'audit-logger' }).click()
    assert.equal(await rows(page, 'Lag of audit-logger by partition').filter({ hasText: 'task-events' }).count(), 3)
    assert.equal(await rows(page, 'Outbox and inbox').count(), 5)

    await show(page, 'Audit')
    await page.getByText(/^Verified up to record [\d,]+ of [\d,]+/).waitFor()
    await page.getByLabel('Task').fill(task.id)
    await page.getByLabel('Type').fill('task.created')
    await page.waitForURL(`**/operations/audit?task_id=${task.id}&type=task.created`)
    await eventually('only that is found', async () => (await rows(page, 'Records').count()) === 1)
    await rows(page, 'Records').getByText('Show').click()
    await rows(page, 'Records').getByText('"Call the bank"').waitFor()
  })

  test('without the role no operations page opens, and no admin data is requested', async (t) => {
    const { page } = await newPerson(t, browser, mesh.url)
    await page.getByText('Nothing to do').waitFor()
    assert.equal(await page.getByRole('link', { name: 'Operations' }).count(), 0)
    const requested: string[] = []
    page.on('request', (made) => requested.push(new URL(made.url()).pathname))
    await page.goto('/operations/dead-letters')
    await page.getByText('Nothing to do').waitFor()
    assert.equal(new URL(page.url()).pathname, '/')
    assert.deepEqual(
      requested.filter((path) => path.includes('/admin/')),
      [],
    )
  })

  test('every page is accessible and not wider than the screen: light, dark, small', async (t) => {
    const { page, request } = await newAdmin(t)
    const { id } = await request('POST', '/admin/events/test', { topic: 'task-events', kind: 'unreadable' })
    await request('POST', '/tasks', {
      ...{ title: 'W'.repeat(200), due_date: new Date(Date.now() + 3_601_000).toISOString() },
      reminders: [{ type: '1_hour_before' }],
    })
    const held = await eventually('all have parked it', async () => {
      const { data } = await request('GET', '/admin/dead-letters')
      const its = data.filter(({ event_id }: Json) => event_id === id)
      return its.length === 3 && its
    })
    const [mail] = await eventually('the mail is there', async () => {
      const { data } = await request('GET', '/admin/mailbox')
      return data[0]?.subject.includes('WWW') && data
    })
    /** Every page, with a text that appears once it has loaded. */
    const pages = {
      '/operations': 'The flow as a table',
      '/operations/events': 'dead_letter.parked',
      [`/operations/events/${id}`]: 'As it was published',
      '/operations/consumers': '0 behind',
      '/operations/dead-letters': 'reminder-service',
      [`/operations/dead-letters/${encodeURIComponent(held[0].id)}`]: 'is not a field of the schema',
      '/operations/mail': 'WWW',
      [`/operations/mail/${mail.id}`]: 'this is your reminder',
      '/operations/audit': 'Verified up to',
      '/operations/schedules': 'Fired last',
    }
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 360],
    ] as const) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 800 })
      for (const [path, text] of Object.entries(pages)) {
        await page.goto(path)
        await page.locator('main').getByText(text).first().waitFor({ state: 'attached' })
        await look(page, `${path}, ${colorScheme}, ${width}`)
      }
      await page.goto('/operations/events')
      await page.getByRole('button', { name: 'Test event' }).click()
      await page.getByRole('dialog').getByLabel('Event').waitFor()
      await look(page, `a test event, ${colorScheme}, ${width}`)
    }
  })
})
