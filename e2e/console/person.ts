import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import pg from 'pg'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'

// biome-ignore lint/suspicious/noExplicitAny: answers of the API, looked at field by field
type Json = any

/** A user with a browser that is signed in, and an API client for changes made elsewhere. */
export interface Person {
  email: string
  context: BrowserContext
  page: Page
  /** Opens another tab of the same browser. */
  tab(path?: string): Promise<Page>
  request(method: string, path: string, body?: unknown): Promise<Json>
}

/** A new browser. Fails the test when the page has logged errors by its end. */
export const openBrowser = async (
  t: TestContext,
  browser: Browser,
  baseURL: string,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> => {
  const context = await browser.newContext({ baseURL, locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options })
  context.setDefaultTimeout(20_000)
  const complaints: string[] = []
  context.on('weberror', (error) => complaints.push(String(error.error())))
  context.on('console', (message) => {
    const isExpected = /Failed to load resource|ERR_INTERNET_DISCONNECTED/.test(message.text())
    if (message.type() === 'error' && !isExpected) complaints.push(message.text())
  })
  t.after(async () => {
    await context.close()
    assert.deepEqual(complaints, [], 'the page complained')
  })
  return context
}

/** An account created through the API, signed in by the session that the page stores. */
export const newPerson = async (
  t: TestContext,
  browser: Browser,
  baseURL: string,
  options: BrowserContextOptions = {},
): Promise<Person> => {
  const email = `${randomUUID()}@example.com`
  const send = async (method: string, path: string, body?: unknown, token?: string): Promise<Json> => {
    const answer = await fetch(`${baseURL}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    assert.ok(answer.ok, `${method} ${path}: ${text}`)
    return text ? JSON.parse(text) : undefined
  }
  const account = { email, password: 'correct horse', name: 'Ada', time_zone: 'Europe/Berlin', locale: 'en-GB' }
  // Browser and API client sign in separately: they cannot share a refresh token.
  const { token: apiToken } = await send('POST', '/auth/signup', account)
  const { user, token, refresh_token } = await send('POST', '/auth/login', { email, password: account.password })
  const session = { user, token, refresh_token, expires_at: Date.now() + 3_600_000 }
  const context = await openBrowser(t, browser, baseURL, {
    ...options,
    storageState: {
      cookies: [],
      origins: [{ origin: baseURL, localStorage: [{ name: 'taskflow.session', value: JSON.stringify(session) }] }],
    },
  })
  const tab = async (path = '/') => {
    const page = await context.newPage()
    await page.goto(path)
    return page
  }
  return {
    email,
    context,
    page: await tab(),
    tab,
    request: (method, path, body) => send(method, path, body, apiToken),
  }
}

/** Opens the menu of a task in the list and chooses an item. */
export const choose = async (page: Page, title: string, item: string): Promise<void> => {
  await page.getByRole('button', { name: `More for ${title}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

export const addTask = async (page: Page, line: string): Promise<void> => {
  await page.getByLabel('New task').fill(line)
  await page.getByLabel('New task').press('Enter')
}

/** Gives a person the admin role. The page knows at once, services within 10 s. */
export const makeAdmin = async ({ email, page }: Person, databaseUrl: string): Promise<void> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(`UPDATE identity.users SET role = 'admin' WHERE email = $1`, [email])
  await client.end()
  await page.evaluate(`(() => {
    const session = JSON.parse(localStorage.getItem('taskflow.session'))
    session.user.role = 'admin'
    localStorage.setItem('taskflow.session', JSON.stringify(session))
  })()`)
}
