import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { readOptions } from '@taskflow/command-line'
import { startMesh } from '@taskflow/local-mesh'
import { apiOf, fillAccount } from '@taskflow/test-kit'
import pg from 'pg'
import type { Page } from 'playwright-core'
import { launchBrowser } from './browser.ts'

const usage = `npm run screenshots

Takes the screenshots in docs/images from the demo account, on its own mesh.

  --help   this text`

readOptions(usage, {})
const folder = join(import.meta.dirname, '../../docs/images')
const time_zone = 'Europe/Berlin'

const mesh = await startMesh({ report: console.log })
const browser = await launchBrowser()
try {
  await mkdir(folder, { recursive: true })
  const account = { email: 'robin@example.com', password: 'correct horse', name: 'Robin', time_zone, locale: 'en-GB' }
  const { token } = (await apiOf(mesh.url).send('POST', '/auth/signup', account)) as { token: string }
  await fillAccount(apiOf(mesh.url, token), { now: Temporal.Now.instant(), time_zone })
  const client = new pg.Client({ connectionString: mesh.databaseUrl })
  await client.connect()
  await client.query(`UPDATE identity.users SET role = 'admin' WHERE email = $1`, [account.email])
  await client.end()
  for (const colorScheme of ['light', 'dark'] as const) {
    const { email, password } = account
    const signedIn = (await apiOf(mesh.url).send('POST', '/auth/login', { email, password })) as object
    const session = JSON.stringify({ ...signedIn, expires_at: Date.now() + 3_600_000 })
    const context = await browser.newContext({
      ...{ baseURL: mesh.url, colorScheme, locale: 'en-GB', timezoneId: time_zone },
      viewport: { width: 1_440, height: 900 },
      reducedMotion: 'reduce',
      storageState: {
        cookies: [],
        origins: [{ origin: mesh.url, localStorage: [{ name: 'taskflow.session', value: session }] }],
      },
    })
    const page = await context.newPage()
    const take = async (name: string, path: string, isLoaded: (page: Page) => Promise<unknown>) => {
      await page.goto(path)
      await isLoaded(page)
      // Rates and charts need some samples, and fonts a moment.
      await delay(name === 'operations' ? 15_000 : 1_000)
      await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) })
      console.log(`docs/images/${name}-${colorScheme}.png`)
    }
    await take('recurring', '/recurring', (page) => page.getByText('Pay rent').first().waitFor())
    await take('calendar', '/calendar', (page) => page.getByText('Dentist').first().waitFor())
    await take('operations', '/operations', (page) => page.getByText('All 5 services are well.').waitFor())
    await take('tasks', '/', async (page) => {
      await page.getByText('Expense report').waitFor()
      await page.keyboard.press('c')
      await page.getByRole('button', { name: 'Conversations' }).click()
      await page.getByText('what is due this week?').first().click()
      await page.getByText('waits for your confirmation').first().waitFor()
    })
    await context.close()
  }
} finally {
  await browser.close()
  await mesh.stop()
}
