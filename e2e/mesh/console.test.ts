import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Mesh, startMesh } from '@taskflow/local-mesh'
import { eventuallyWithin } from '@taskflow/test-kit'
import { generate } from 'otplib'
import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { changeAddress, confirmAddress, resetPassword } from '../console/account-mail.ts'
import { launchBrowser } from '../console/browser.ts'
import { look } from '../console/look.ts'
import { addTask, choose, makeAdmin, newPerson, openBrowser } from '../console/person.ts'

const eventually = eventuallyWithin(60)

// biome-ignore lint/suspicious/noExplicitAny: answers of the API, looked at field by field
type Json = any

/** Every page, with a text that appears once it has loaded. */
const pages = {
  '/': 'Pay rent',
  '/agenda': 'Pay rent',
  '/calendar': 'Pay rent',
  '/recurring': 'every day at 09:00',
  '/settings': 'Daily digest',
  '/settings/activity': 'Account created',
  '/operations': 'Operations',
}

describe('the web page, in a real browser on a whole mesh', () => {
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

  const openTask = (page: Page, title: string) => page.getByRole('button', { name: title, exact: false }).first()
  const row = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title })
  const panel = (page: Page) => page.getByRole('complementary', { name: 'Task' })

  const withDatabase = async (work: (client: pg.Client) => Promise<unknown>) => {
    const client = new pg.Client({ connectionString: mesh.databaseUrl })
    await client.connect()
    try {
      await work(client)
    } finally {
      await client.end()
    }
  }

  test('sign up, quick add, complete: the next occurrence appears; sign out and in again', async (t) => {
    const context = await openBrowser(t, browser, mesh.url)
    const page = await context.newPage()
    await page.goto('/calendar?month=2031-01')
    await page.waitForURL('**/login?**')
    await page.getByRole('link', { name: 'Sign up' }).click()
    const email = 'console@example.com'
    await page.getByLabel('Name').fill('Ada')
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password').fill('short')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByText('must be at least 8 characters').waitFor()
    await page.getByLabel('Password').fill('correct horse')
    await page.getByRole('button', { name: 'Create account' }).click()

    await page.getByRole('heading', { name: 'January 2031' }).waitFor()
    await page.getByRole('link', { name: 'Tasks' }).click()
    await page.getByText('Nothing to do').waitFor()
    await page.getByLabel('New task').fill('Pay rent every month on the 31st at 9 !high #home')
    await page.getByText('priority high').waitFor()
    await page.getByText(/repeats every month/).waitFor()
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByLabel('Complete Pay rent').click()
    await page.getByText('Completed “Pay rent”').waitFor()
    // The first one is completed; this is the next one.
    await eventually(
      'the next occurrence is there',
      async () => (await page.getByLabel('Complete Pay rent').count()) === 1,
    )
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByLabel('Reopen Pay rent').waitFor()

    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL('**/login')
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password').fill('wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').filter({ hasText: 'wrong' }).waitFor()
    await page.getByLabel('Password').fill('correct horse')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByLabel('Complete Pay rent').waitFor()
  })

  test('people see sign-ins, failed ones and changes of their account, newest first, page by page', async (t) => {
    const { page, email, request } = await newPerson(t, browser, mesh.url)
    const login = (password: string) =>
      fetch(`${mesh.url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0' },
        body: JSON.stringify({ email, password }),
      })
    for (const password of ['wrong', 'wrong again', 'correct horse']) await login(password)
    await request('POST', '/auth/tokens', { name: 'My import', scopes: ['tasks:read'] })
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('link', { name: 'Account activity' }).click()
    await page.getByRole('heading', { name: 'Account activity' }).waitFor()
    const items = page.getByRole('list', { name: 'Activity' }).getByRole('listitem')
    await eventually('all of it is recorded', async () => {
      await page.getByRole('button', { name: 'Refresh' }).click()
      return (await items.filter({ hasText: 'API token created' }).count()) === 1
    })
    const texts = await items.allInnerTexts()
    for (const [index, expected] of [
      /API token created\s+My import\s+127\.0\.0\.1/,
      /Signed in\s+127\.0\.0\.1 · Firefox on Linux/,
      /Sign-in failed\s+2 times\s+127\.0\.0\.1 · Firefox on Linux/,
      /Signed in/,
      /Account created/,
    ].entries()) {
      assert.match(texts[index] ?? '', expected)
    }
    assert.equal(texts.length, 5)
    // The audit log away: the page says so and keeps what it has.
    await page.route('**/api/v1/audit?**', (route) => route.fulfill({ status: 400, body: '{}' }))
    await page.getByRole('button', { name: 'Refresh' }).click()
    await page.getByRole('alert').waitFor()
    assert.equal(await items.count(), 5)
    await page.unroute('**/api/v1/audit?**')
    for (let n = 0; n < 30; n++) await request('POST', '/calendar-feed')
    await eventually('the first page holds the newest only', async () => {
      await page.getByRole('button', { name: 'Refresh' }).click()
      return (await items.filter({ hasText: 'Calendar address' }).count()) === 30
    })
    assert.equal(await items.count(), 30)
    await page.getByRole('button', { name: 'Older' }).click()
    await items.filter({ hasText: 'Account created' }).waitFor()
    assert.equal(await items.count(), 35)
  })

  test('an address is confirmed by the link of a mail', (t) => confirmAddress(t, browser, mesh))
  test('a forgotten password is replaced by the link of a mail', (t) => resetPassword(t, browser, mesh))
  test('an address is changed by the link of a mail to the new one', (t) => changeAddress(t, browser, mesh))

  test('a reminder is mailed, its state updates live, it is snoozed; the activity page lists it all', async (t) => {
    const { page, email, request } = await newPerson(t, browser, mesh.url)
    await addTask(page, 'Call the bank tomorrow at 15:00')
    await openTask(page, 'Call the bank').click()
    const taskPanel = panel(page)
    await taskPanel.getByRole('region', { name: 'Reminders' }).getByRole('button', { name: 'Add' }).click()
    await page.getByRole('menuitem', { name: 'At a time' }).click()
    // This minute has begun, so it fires at once.
    const local = Temporal.Now.zonedDateTimeISO('Europe/Berlin').toPlainDateTime().toString({ smallestUnit: 'minute' })
    await taskPanel.getByLabel('Remind at').fill(local)
    await taskPanel.getByRole('region', { name: 'Reminders' }).getByRole('button', { name: 'Add' }).last().click()
    await page.getByText('Reminder: Call the bank').waitFor()
    await eventually('the mail arrives', async () => {
      const { messages } = (await (await fetch(`${mesh.mailUrl}/api/v1/messages`)).json()) as Json
      return messages.some((each: Json) => each.To[0].Address === email && /Call the bank/.test(each.Subject))
    })
    const reminders = taskPanel.getByRole('region', { name: 'Reminders' })
    await reminders.getByText(', sent').waitFor()
    const activity = taskPanel.getByRole('region', { name: 'Activity' })
    for (const line of ['Created', 'Reminders changed', 'Reminder fired', 'Reminder sent by e-mail'])
      await activity.getByText(line, { exact: true }).waitFor()
    await reminders.getByRole('button', { name: 'Put off' }).click()
    await page.getByRole('menuitem', { name: 'In an hour' }).click()
    await reminders.getByText(', sent').waitFor({ state: 'detached' })
    const { data } = await request('GET', '/tasks')
    assert.equal(data[0].reminders[0].state, 'pending')
  })

  test('tabs share one connection for live changes; when its tab closes, another takes over', async (t) => {
    const { page: first, context, tab, request } = await newPerson(t, browser, mesh.url)
    const streams: Page[] = []
    const opened = (page: Page) =>
      page.on('request', (made) => new URL(made.url()).pathname === '/api/v1/events' && streams.push(page))
    context.on('page', opened)
    await first.getByText('Nothing to do').waitFor()
    const second = await tab()
    await second.getByText('Nothing to do').waitFor()
    await addTask(first, 'Water the plants #home')
    await row(second, 'Water the plants').waitFor()
    await request('POST', '/tasks', { title: 'Made elsewhere' })
    for (const page of [first, second]) await row(page, 'Made elsewhere').waitFor()
    assert.deepEqual(streams, [], 'the second tab reads no stream of its own')
    await first.close()
    await eventually('the second tab takes over', async () => streams.length === 1)
    await request('POST', '/tasks', { title: 'Made after that' })
    await row(second, 'Made after that').waitFor()
  })

  test('tabs that refresh concurrently stay signed in; signing out of one signs out of all', async (t) => {
    const { page: first, tab } = await newPerson(t, browser, mesh.url)
    await first.getByText('Nothing to do').waitFor()
    const second = await tab()
    await second.getByText('Nothing to do').waitFor()
    const expire = () =>
      first.evaluate(`(() => {
        const session = JSON.parse(localStorage.getItem('taskflow.session'))
        localStorage.setItem('taskflow.session', JSON.stringify({ ...session, expires_at: 0 }))
        return 'refresh_token' in session
      })()`)
    assert.equal(await expire(), true, 'kept by an earlier release')
    await Promise.all([addTask(first, 'Milk'), addTask(second, 'Eggs')])
    await row(second, 'Milk').waitFor()
    assert.equal(await expire(), false, 'only the cookie has the refresh token')
    const cookies = (await first.context().cookies(`${mesh.url}/api/v1/auth`)).filter(({ httpOnly }) => httpOnly)
    assert.deepEqual(cookies.map(({ name }) => name).sort(), ['taskflow_device', 'taskflow_refresh'])
    for (const page of [first, second]) {
      await row(page, 'Milk').waitFor()
      await row(page, 'Eggs').waitFor()
      await page.reload()
      await row(page, 'Eggs').waitFor()
    }
    await second.getByRole('link', { name: 'Settings' }).click()
    // The API client of this person is signed in too.
    await second.getByText(/^this browser from/).waitFor()
    await second.getByRole('button', { name: 'Sign out everywhere else' }).click()
    await second.getByText('Signed out there').waitFor()
    await second.getByRole('button', { name: 'Sign out', exact: true }).click()
    for (const page of [first, second]) await page.waitForURL('**/login')
  })

  test('an authenticator app is set up, asked for at sign-in, and removed', async (t) => {
    const { email, page } = await newPerson(t, browser, mesh.url)
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Set up an app' }).click()
    await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
    const secret = (await page.getByText(/^[A-Z2-7]{32}$/).textContent())!
    await page.getByLabel('Code of the app').fill('000000')
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.getByText('is wrong').waitFor()
    await page.getByLabel('Code of the app').fill(await generate({ secret }))
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.getByText('It is on. Recovery codes left: 10.').waitFor()
    const [recovery] = (await page.getByText(/^([a-z2-9]{5}-[a-z2-9]{5} ?){10}$/).textContent())!.split(' ')

    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password').fill('correct horse')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByLabel('Code of your authenticator app').fill(recovery!)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByText('It is on. Recovery codes left: 9.').waitFor()
    await page.getByRole('button', { name: 'Remove the app' }).click()
    const next = Math.floor(Date.now() / 1_000) + 30
    await page.getByLabel('Code of the app, or a recovery code').fill(await generate({ secret, epoch: next }))
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByRole('button', { name: 'Set up an app' }).waitFor()
  })

  test('a passkey is added, signs in, and is removed', async (t) => {
    // Passkeys belong to a name: an address has none.
    const { page } = await newPerson(t, browser, mesh.url.replace('127.0.0.1', 'localhost'))
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByLabel('Name of a new passkey').fill('My laptop')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByText('My laptop').waitFor()
    await page.getByText('never used').waitFor()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.getByText('Nothing to do').waitFor()
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Remove the passkey My laptop' }).click()
    await page.getByText('My laptop').waitFor({ state: 'detached' })
  })

  test('people can work offline; once online, everything is sent and missed changes appear', async (t) => {
    const { page, context, request } = await newPerson(t, browser, mesh.url)
    await addTask(page, 'Done on the train')
    await row(page, 'Done on the train').waitFor()
    await context.setOffline(true)
    await page.getByText('You are offline.').waitFor()
    await page.getByLabel('Complete Done on the train').click()
    await addTask(page, 'Thought of on the train')
    await page.getByText('2 changes wait').waitFor()
    await request('POST', '/tasks', { title: 'Made meanwhile' })
    await context.setOffline(false)
    await row(page, 'Made meanwhile').waitFor()
    await row(page, 'Thought of on the train').waitFor()
    await page.getByText('You are offline.').waitFor({ state: 'detached' })
    const { data } = await request('GET', '/tasks?state=completed')
    assert.deepEqual(
      data.map(({ title }: Json) => title),
      ['Done on the train'],
    )
  })

  test('after chat-api restarts, the page reconnects and misses nothing', async (t) => {
    const { page, request } = await newPerson(t, browser, mesh.url)
    await addTask(page, 'Before')
    await row(page, 'Before').waitFor()
    mesh.members['chat-api'].app.kill('SIGKILL')
    await page.getByLabel('Complete Before').click()
    await mesh.ready()
    await request('POST', '/tasks', { title: 'After' })
    await row(page, 'After').waitFor()
    await eventually(
      'the change was sent',
      async () => (await request('GET', '/tasks?state=completed')).data.length === 1,
    )
  })

  test('everything works by keyboard', async (t) => {
    const { page } = await newPerson(t, browser, mesh.url)
    await page.getByText('Nothing to do').waitFor()
    await page.keyboard.press('n')
    for (const line of ['first', 'second', 'third']) {
      await page.keyboard.type(`${line} tomorrow`)
      await page.keyboard.press('Enter')
      await row(page, line).waitFor()
    }
    await page.keyboard.press('Escape')
    // Keys go to the page, wherever the focus was.
    const titles = () => page.locator('li button[id^=task-] > span:first-child').allTextContents()
    const [top = '', middle = ''] = await titles()
    await page.keyboard.press('k')
    await page.keyboard.press('k')
    await page.keyboard.press('k')
    await page.keyboard.press('e')
    await page.keyboard.type('renamed')
    await page.keyboard.press('Enter')
    await row(page, 'renamed').waitFor()
    assert.ok(!(await titles()).includes(top), `${top} was renamed`)
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByText(`Completed “${middle}”`).waitFor()
    await page.keyboard.press('#')
    await page.getByText(/^Deleted/).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('renam')
    await page.getByText('1 found').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor({ state: 'detached' })
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await panel(page).waitFor()
    await page.keyboard.press('Escape')
    await panel(page).waitFor({ state: 'detached' })
  })

  test('deleting the open task of a series asks what becomes of it; days have a reminder time', async (t) => {
    const { page, request } = await newPerson(t, browser, mesh.url)
    const dialog = page.getByRole('dialog', { name: 'Delete' })
    const seriesOf = async (title: string) =>
      (await request('GET', '/recurring-tasks')).data.find((each: Json) => each.title === title)
    for (const line of ['Water plants every day', 'Run every day', 'Read every day', 'Bread']) await addTask(page, line)
    await row(page, 'Bread').waitFor()
    await choose(page, 'Water plants', 'Delete')
    await dialog.getByText('“Water plants” repeats').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).click()
    await row(page, 'Water plants').waitFor()

    await choose(page, 'Water plants', 'Delete')
    await dialog.getByRole('button', { name: 'Skip this one' }).click()
    await page.getByText('Deleted “Water plants”').waitFor()
    await eventually('the next date follows', async () => {
      const { data } = await request('GET', '/tasks?state=open')
      const [next] = data.filter(({ title }: Json) => title === 'Water plants')
      return next?.occurrence === 2 && next.due_on !== null
    })

    await choose(page, 'Run', 'Delete')
    await dialog.getByRole('button', { name: 'Pause the series' }).click()
    await eventually('the series is paused', async () => (await seriesOf('Run')).is_active === false)
    await request('POST', `/recurring-tasks/${(await seriesOf('Run')).id}/resume`)

    await choose(page, 'Read', 'Delete')
    await dialog.getByRole('button', { name: 'End the series' }).click()
    await eventually('the series has ended', async () => (await seriesOf('Read')).is_active === false)
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await eventually('Undo brings it back', async () => (await seriesOf('Read')).is_active)

    // Without a series there is no question.
    await choose(page, 'Bread', 'Delete')
    await row(page, 'Bread').waitFor({ state: 'detached' })

    await page.getByRole('link', { name: 'Settings' }).click()
    const time = page.getByLabel('Reminders of a day come at')
    await time.fill('07:30')
    await time.blur()
    await eventually(
      'the reminder time is saved',
      async () => (await request('GET', '/notifications/preferences')).reminder_time === '07:30',
    )
  })

  test('undo, filters in the URL, bulk changes, and moving a task by dragging it', async (t) => {
    const { page, request } = await newPerson(t, browser, mesh.url)
    for (const line of ['Bread #home', 'Report @work !high', 'Slides @work']) await addTask(page, line)
    await row(page, 'Slides').waitFor()
    await choose(page, 'Bread', 'Delete')
    await row(page, 'Bread').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await row(page, 'Bread').waitFor()

    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('menuitem', { name: 'work' }).click()
    await page.waitForURL('**/?category=work')
    await row(page, 'Bread').waitFor({ state: 'detached' })
    await page.reload()
    await row(page, 'Slides').waitFor()
    assert.equal(await row(page, 'Bread').count(), 0)

    await choose(page, 'Slides', 'Select')
    await page.getByRole('button', { name: 'Select all' }).click()
    await page.getByText('2 selected').waitFor()
    await page.getByRole('button', { name: 'Reschedule' }).click()
    await page.getByRole('menuitem', { name: 'Tomorrow' }).click()
    await page.getByRole('button', { name: /^Upcoming/ }).waitFor()
    const tomorrow = Temporal.Now.plainDateISO('Europe/Berlin').add({ days: 1 }).toString()
    await eventually('both are moved', async () => {
      const { data } = await request('GET', '/tasks?category=work')
      return data.every(({ due_on }: Json) => due_on === tomorrow)
    })

    await openTask(page, 'Slides').hover()
    await page.mouse.down()
    await page.mouse.move(500, 500, { steps: 5 })
    const target = page.locator('[data-day="No date"]')
    await target.hover()
    await target.hover()
    await page.mouse.up()
    await eventually('it has no date', async () => {
      const { data } = await request('GET', '/tasks?category=work')
      const { due_date, due_on } = data.find(({ title }: Json) => title === 'Slides')
      return due_date === null && due_on === null
    })

    const day = Temporal.Now.plainDateISO('Europe/Berlin').add({ days: 1 })
    const other = day.with({ day: day.day === 15 ? 16 : 15 }).toString()
    await page.goto(`/calendar?month=${other.slice(0, 7)}`)
    await page.getByRole('button', { name: 'Report' }).hover()
    await page.mouse.down()
    await page.locator(`[data-date="${other}"]`).hover()
    await page.locator(`[data-date="${other}"]`).hover()
    await page.mouse.up()
    await page.locator(`[data-date="${other}"]`).getByText('Report').waitFor()
  })

  test('recurring tasks: created with description, next ten dates and clock changes; paused, skipped', async (t) => {
    const { page, request } = await newPerson(t, browser, mesh.url)
    await page.getByRole('link', { name: 'Recurring' }).click()
    await page.getByText('Nothing repeats yet').waitFor()
    await page.getByRole('button', { name: 'New' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Title').fill('Turn the compost')
    await dialog.getByLabel('First time').fill('2031-03-16T02:30')
    await dialog.getByText('every week at 02:30, Europe/Berlin').waitFor()
    assert.equal(await dialog.locator('ol > li').count(), 10)
    await dialog.getByText('The clocks go forward and leave out 02:30: due at 03:30.').waitFor()
    await dialog.getByLabel('Unit').selectOption('monthly')
    await dialog.getByLabel('On', { exact: true }).selectOption('last')
    await dialog.locator('ol').getByText('Monday, 31 March 2031').waitFor()
    await dialog.getByText('is none of the dates of the rule; the first of them is Monday, 31 March 2031').waitFor()
    await dialog.getByLabel('Unit').selectOption('weekly')
    await dialog.getByRole('button', { name: 'Create' }).click()
    const item = row(page, 'Turn the compost')
    await item.getByRole('button', { name: 'Next 16 Mar 2031 02:30' }).click()
    await item.getByText('due at 03:30').waitFor()
    await choose(page, 'Turn the compost', 'Skip the next date')
    await item.getByRole('button', { name: 'Next 23 Mar 2031 02:30' }).waitFor()
    await item.getByRole('button', { name: 'Pause' }).click()
    await item.getByRole('button', { name: 'Paused' }).waitFor()
    const { data } = await request('GET', '/recurring-tasks')
    assert.equal(data[0].is_active, false)
  })

  test('ten thousand tasks: only visible ones are rendered, and the last one is reachable', async (t) => {
    const { page, request } = await newPerson(t, browser, mesh.url)
    const { id } = await request('POST', '/tasks', { title: 'Task 0', due_date: '2031-01-01T00:00:00Z' })
    await withDatabase(async (client) => {
      const { rows } = await client.query(
        `SELECT column_name FROM information_schema.columns
         WHERE table_schema = 'tasks' AND table_name = 'tasks' AND is_generated = 'NEVER'
           AND column_name NOT IN ('id', 'title', 'due_date')`,
      )
      const same = rows.map(({ column_name }) => `"${column_name}"`).join(', ')
      await client.query(
        `INSERT INTO tasks.tasks (id, title, due_date, ${same})
         SELECT gen_random_uuid(), 'Task ' || n, due_date + n * interval '1 minute', ${same}
         FROM tasks.tasks, generate_series(1, 9999) AS n WHERE id = $1`,
        [id],
      )
    })
    await page.reload()
    await page.getByRole('button', { name: 'Upcoming 10000' }).waitFor()
    const count = (what: string) => page.evaluate<number>(`document.querySelectorAll('${what}').length`)
    let max = 0
    for (let step = 0; step < 30; step++) {
      await page.evaluate(`document.getElementById('main').scrollBy(0, ${step < 20 ? 700 : 50_000})`)
      await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))')
      assert.ok((await count('main li')) > 0, 'something is in sight at every step')
      max = Math.max(max, await count('*'))
    }
    assert.ok(max < 1_500, `${max} elements are in the document`)
    await eventually('the end is reached', async () => {
      await page.evaluate(`document.getElementById('main').scrollTo(0, 1e9)`)
      return (await row(page, 'Task 9999').count()) === 1
    })
  })

  test('every page is accessible and not wider than 360 px: light, dark, small', async (t) => {
    const person = await newPerson(t, browser, mesh.url, { viewport: { width: 1280, height: 800 } })
    const { page, request } = person
    await makeAdmin(person, mesh.databaseUrl)

    const today = Temporal.Now.plainDateISO('Europe/Berlin').toString()
    await request('POST', '/tasks', {
      title: 'Answer the landlord',
      due_date: '2026-01-01T09:00:00Z',
      priority: 'high',
    })
    await request('POST', '/tasks/quick-add', { text: 'Pay rent every day at 9 !high #home @flat remind 1h before' })
    await request('POST', '/tasks', { title: 'W'.repeat(200), due_date: `${today}T22:59:00Z`, tags: ['a'.repeat(50)] })
    const done = await request('POST', '/tasks', { title: 'Take out the bins', priority: 'low' })
    await request('POST', `/tasks/${done.id}/complete`)

    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 360],
    ] as const) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 800 })
      const at = (what: string) => `${what}, ${colorScheme}, ${width}`
      for (const [path, text] of Object.entries(pages)) {
        await page.goto(path)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.getByText(text).first().waitFor({ state: 'attached' })
        await look(page, at(path))
      }
      await page.goto('/')
      await page.getByRole('button', { name: 'Done' }).click()
      await page.getByLabel('New task').fill('pay rent every 1st at 9 !high #home')
      await page.getByText('priority high').waitFor()
      await look(page, at('adding'))
      await page.getByLabel('New task').fill('')
      await choose(page, 'Answer the landlord', 'Select')
      await page.getByText('1 selected').waitFor()
      await look(page, at('selecting'))
      await page.getByRole('button', { name: 'Clear the selection' }).click()
      await openTask(page, 'Pay rent').click()
      await page.getByRole('region', { name: 'Activity' }).getByText('Created').waitFor()
      await look(page, at('a task'))
      await page.getByRole('region', { name: 'Repetition' }).getByRole('button', { name: 'Change' }).click()
      await page.getByRole('dialog', { name: 'Repeat' }).getByText('every day at 09:00').waitFor()
      await look(page, at('the repetition'))
      await page.goto('/?q=rent')
      await page.getByText('1 found').waitFor()
      await look(page, at('search'))
    }
    await page.evaluate('localStorage.clear()')
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      for (const path of ['/login', '/signup']) {
        await page.goto(path)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await look(page, `${path}, ${colorScheme}`)
      }
    }
  })
})
