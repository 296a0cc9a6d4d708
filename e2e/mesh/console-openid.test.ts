import assert from 'node:assert/strict'
import { after, before, describe, type TestContext, test } from 'node:test'
import { environmentOf, startOpenidProvider } from '@taskflow/chat-api/testing/openid-provider'
import { startRoundRobin } from '@taskflow/chat-api/testing/round-robin'
import { startChatApi } from '@taskflow/chat-api/testing/start-chat-api'
import { freePort } from '@taskflow/local-mesh'
import { generate } from 'otplib'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../console/browser.ts'
import { look } from '../console/look.ts'
import { newPerson, openBrowser } from '../console/person.ts'

const ada = { sub: 'ada', email: 'ada@example.org', email_verified: true, name: 'Ada Lovelace' }

/** Two replicas behind a proxy, and a provider that signs in Ada. */
const start = async (t: TestContext) => {
  const port = await freePort()
  const publicUrl = `http://localhost:${port}`
  const provider = await startOpenidProvider(t, publicUrl)
  provider.signIn(ada)
  const env = { ...environmentOf(provider), PUBLIC_URL: publicUrl }
  const first = await startChatApi(t, {}, env)
  const second = await startChatApi(t, {}, env, first.service.database)
  await startRoundRobin(t, port, [first.service.url, second.service.url])
  return { ...first, publicUrl, provider }
}

const continueWith = async (page: Page) => {
  await page.goto('/login')
  await page.getByRole('button', { name: 'Continue with Local' }).press('Enter')
}

const linked = (page: Page) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: 'Linked accounts' }) })

describe('accounts of a provider in a real browser, without a mesh', () => {
  let browser: Browser
  before(async () => {
    browser = await launchBrowser()
  })
  after(() => browser?.close())

  test('sign up by the keyboard, keep the last way in, be asked for a code', async (t) => {
    const { as, publicUrl } = await start(t)
    const context = await openBrowser(t, browser, publicUrl)
    const page = await context.newPage()
    await page.goto('/settings')
    await page.getByRole('button', { name: 'Continue with Local' }).waitFor()
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 740 })
      await look(page, `the sign-in page with a provider, ${width} wide`, 'main')
    }
    await page.getByRole('button', { name: 'Continue with Local' }).press('Enter')
    await page.waitForURL(`${publicUrl}/settings`)
    await linked(page).getByText('ada@example.org').waitFor()
    await page.getByRole('button', { name: 'Mail me a link to set one' }).waitFor()
    await linked(page).getByRole('button', { name: 'Unlink Local ada@example.org' }).click()
    await linked(page).getByRole('alert').filter({ hasText: 'You have no other way to sign in' }).waitFor()
    await look(page, 'the settings of an account without a password')

    const token = await page.evaluate<string>(`JSON.parse(localStorage.getItem('taskflow.session')).token`)
    const person = as(token)
    const { secret } = (await person.post('/api/v1/auth/second-factor', {})).body
    // The code before, because each works once. Its time may run out on the way: then the next one is right.
    const confirm = async () => {
      const code = await generate({ secret, epoch: Math.floor(Date.now() / 1_000) - 30 })
      return (await person.post('/api/v1/auth/second-factor/confirm', { code })).status
    }
    if ((await confirm()) !== 200) assert.equal(await confirm(), 200)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL('**/login')
    await continueWith(page)
    await page.getByLabel('Code of your authenticator app').fill('000000')
    await look(page, 'the question for a code', 'main')
    assert.equal(page.url(), `${publicUrl}/sign-in/local`, 'the response is not kept in the address')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('is wrong').waitFor()
    await page.getByLabel('Code of your authenticator app').fill(await generate({ secret }))
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(`${publicUrl}/`)
  })

  test('link an account in the settings, unlink it', async (t) => {
    const { publicUrl } = await start(t)
    const { page } = await newPerson(t, browser, publicUrl)
    await page.goto('/settings')
    await linked(page).getByText('No account is linked.').waitFor()
    await look(page, 'the settings with a provider')
    await linked(page).getByRole('button', { name: 'Link Local' }).click()
    await linked(page).getByText('ada@example.org').waitFor()
    assert.equal(page.url(), `${publicUrl}/settings`)
    await linked(page).getByRole('button', { name: 'Unlink Local ada@example.org' }).click()
    await linked(page).getByText('No account is linked.').waitFor()
  })

  test('a while after the sign-in, unlinking an account asks for the password first', async (t) => {
    const { publicUrl, service } = await start(t)
    const { page, request } = await newPerson(t, browser, publicUrl)
    await page.goto('/settings')
    await linked(page).getByRole('button', { name: 'Link Local' }).click()
    await linked(page).getByText('ada@example.org').waitFor()
    await service.database.pool.query(`UPDATE identity.sessions SET authenticated_at = now() - interval '16 minutes'`)
    await linked(page).getByRole('button', { name: 'Unlink Local ada@example.org' }).click()
    const password = linked(page).getByLabel('Your password')
    await password.waitFor()
    await look(page, 'the question for the password before unlinking')
    await password.fill('a guess')
    await password.press('Enter')
    await linked(page).getByText('is wrong').waitFor()
    assert.equal((await request('GET', '/auth/openid/links')).data.length, 1)
    await password.fill('correct horse')
    await password.press('Enter')
    await linked(page).getByText('No account is linked.').waitFor()
    await password.waitFor({ state: 'detached' })
    assert.deepEqual((await request('GET', '/auth/openid/links')).data, [])
  })

  test('what goes wrong is said, with a way on', async (t) => {
    const { publicUrl, provider } = await start(t)
    const context = await openBrowser(t, browser, publicUrl)
    const page = await context.newPage()
    provider.signIn(undefined)
    await continueWith(page)
    await page.getByRole('alert').filter({ hasText: 'Local did not sign you in: you declined' }).waitFor()
    await look(page, 'a sign-in that was declined', 'main')
    await page.getByRole('link', { name: 'Sign in' }).click()
    await page.waitForURL('**/login')
    await page.goto('/sign-in/local?code=of-somebody-else&state=of-somebody-else')
    await page.getByRole('alert').filter({ hasText: 'This sign-in was not begun in this browser' }).waitFor()
  })
})
