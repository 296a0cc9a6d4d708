import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, describe, type TestContext, test } from 'node:test'
import { pkce, startOauth } from '@taskflow/chat-api/testing/oauth-app'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../console/browser.ts'
import { look } from '../console/look.ts'
import { newPerson, openBrowser } from '../console/person.ts'

/** A program on the person's machine that waits for the browser to come back. */
const startApp = async (t: TestContext) => {
  const server = createServer((_request, response) => response.end('Back in the app'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const { port } = server.address() as { port: number }
  return {
    redirect_uri: `http://127.0.0.1:${port}/callback`,
    cameBack: async () => {
      for (;;) {
        const [{ url }] = await once(server, 'request')
        if (url.startsWith('/callback')) return new URL(url, 'http://127.0.0.1').searchParams
      }
    },
  }
}

describe('an app is connected in a real browser, without a mesh', () => {
  let browser: Browser
  before(async () => {
    browser = await launchBrowser()
  })
  after(() => browser?.close())

  test('sign in, see who asks, allow less, see it in the settings, disconnect it', async (t) => {
    const api = await startOauth(t)
    const ada = await api.signup()
    const { redirect_uri, cameBack } = await startApp(t)
    const client_id = (await api.register({ client_name: 'Desk Robot', redirect_uris: [redirect_uri] })).body.client_id
    const { verifier, challenge } = pkce()
    const context = await openBrowser(t, browser, api.publicUrl)
    const page = await context.newPage()
    await page.goto(api.authorization(client_id, challenge, { redirect_uri }).href)
    await page.waitForURL('**/login?from=*')
    await page.getByLabel('E-mail').fill(ada.email)
    await page.getByLabel('Password').fill(ada.password)
    await page.getByRole('button', { name: 'Sign in' }).click()

    await page.getByRole('heading', { name: 'Connect Desk Robot?' }).waitFor()
    await page.getByText(`${new URL(redirect_uri).host}, a program on this computer`).waitFor()
    await page.getByText('it may have chosen any name').waitFor()
    await page.getByText('Until you disconnect it, for 365 days at most').waitFor()
    await page.getByText(ada.email).waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await look(page, `the request of an app, ${colorScheme}`, 'main')
    }
    await page.setViewportSize({ width: 360, height: 740 })
    await look(page, 'the request of an app, narrow', 'main')

    await page.getByLabel('create, change and delete your tasks').uncheck()
    const back = cameBack()
    await page.getByRole('button', { name: 'Allow' }).click()
    const code = (await back).get('code') ?? ''
    await page.getByText('Back in the app').waitFor()
    const { body } = await api.exchange(client_id, code, verifier, { redirect_uri })
    assert.equal(body.scope, 'tasks:read')
    assert.equal((await api.callTool(body.access_token)).status, 200)

    await page.goto(`${api.publicUrl}/settings`)
    const app = page.getByRole('listitem').filter({ hasText: 'Desk Robot' })
    await app.getByText('reads tasks').waitFor()
    await look(page, 'the settings with an app')
    await app.getByRole('button', { name: 'Disconnect Desk Robot' }).click()
    await page.getByText('No app is connected.').waitFor()
    assert.equal((await api.refresh(client_id, body.refresh_token)).body.error, 'invalid_grant')
  })

  test('a request can be refused, and one that is over says so', async (t) => {
    const api = await startOauth(t)
    const { redirect_uri, cameBack } = await startApp(t)
    const client_id = (await api.register({ redirect_uris: [redirect_uri] })).body.client_id
    const { page } = await newPerson(t, browser, api.publicUrl)
    await page.goto(api.authorization(client_id, pkce().challenge, { redirect_uri }).href)
    const asked = page.url()
    const back = cameBack()
    await page.getByRole('button', { name: 'Refuse' }).click()
    assert.equal((await back).get('error'), 'access_denied')
    await page.getByText('Back in the app').waitFor()
    await page.goto(asked)
    await page.getByRole('alert').filter({ hasText: 'go back to the app and start again' }).waitFor()
  })
})
