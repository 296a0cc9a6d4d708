import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Mesh } from '@taskflow/local-mesh'
import { eventuallyWithin } from '@taskflow/test-kit'
import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { look } from './look.ts'
import { newPerson, openBrowser, type Person } from './person.ts'

const eventually = eventuallyWithin(60)

// biome-ignore lint/suspicious/noExplicitAny: answers of the mailbox, looked at field by field
type Json = any

const ask = async (url: string): Promise<Json> => (await fetch(url)).json()

/** The path of the link in the newest mail with this subject to an address; waits for the mail. */
const linkIn = async ({ mailUrl }: Mesh, to: string, subject: string): Promise<string> => {
  let path: string | undefined
  await eventually(`“${subject}” is mailed to ${to}`, async () => {
    const { messages } = await ask(`${mailUrl}/api/v1/messages`)
    const found = messages.find((each: Json) => each.To[0].Address === to && each.Subject === subject)
    if (!found) return false
    const { Text } = await ask(`${mailUrl}/api/v1/message/${found.ID}`)
    const link = new URL(/https?:\/\/\S+#token=\S+/.exec(Text)![0])
    path = link.pathname + link.hash
    return true
  })
  return path!
}

const withdrawConfirmation = async ({ email }: Person, { databaseUrl }: Mesh) => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('UPDATE identity.users SET email_confirmed_at = NULL WHERE email = $1', [email])
  await client.end()
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** The banner asks for it, a mail brings the link, its page has a button; with the keyboard and on a phone. */
export const confirmAddress = async (t: TestContext, browser: Browser, mesh: Mesh): Promise<void> => {
  const person = await newPerson(t, browser, mesh.url, { viewport: { width: 360, height: 700 } })
  const { page, email } = person
  await withdrawConfirmation(person, mesh)
  await page.reload()
  const banner = page.getByText('Confirm your e-mail address')
  await banner.waitFor()
  await look(page, 'the banner, 360')
  await page.getByRole('button', { name: 'Mail it again' }).press('Enter')
  await page.getByText(`A link was mailed to ${email}`).waitFor()

  const path = await linkIn(mesh, email, 'Confirm your e-mail address')
  const tab = await person.tab(path)
  await tab.getByRole('heading', { name: 'Confirm your address' }).waitFor()
  assert.equal(await tab.evaluate('location.hash'), '', 'the token is not left in the address')
  await look(tab, 'confirming, 360')
  await tab.getByRole('button', { name: 'Confirm', exact: true }).press('Enter')
  await tab.getByRole('heading', { name: 'Your address is confirmed' }).waitFor()
  await page.reload()
  await page.getByLabel('New task').waitFor()
  await banner.waitFor({ state: 'detached' })

  const again = await person.tab(path)
  await press(again, 'Confirm')
  await again.getByRole('alert').filter({ hasText: 'was used before' }).waitFor()
  const without = await person.tab('/confirm-email')
  await without.getByText('This link is not complete').waitFor()
}

/** From the sign-in page by a mail to a new password; sessions end. */
export const resetPassword = async (t: TestContext, browser: Browser, mesh: Mesh): Promise<void> => {
  const person = await newPerson(t, browser, mesh.url)
  const { email } = person
  const context = await openBrowser(t, browser, mesh.url, { viewport: { width: 360, height: 700 } })
  const page = await context.newPage()
  await page.goto('/login')
  await page.getByRole('link', { name: 'Forgot your password?' }).press('Enter')
  await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor()
  await look(page, 'forgot password, 360')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('E-mail').press('Enter')
  await page.getByText('a mail is on its way').waitFor()

  await page.goto(await linkIn(mesh, email, 'Set a new password'))
  await page.getByLabel('New password').fill('short')
  await page.getByLabel('Stop the calendar feed').uncheck()
  await page.getByLabel('New password').press('Enter')
  await page.getByText('must be at least 8 characters').waitFor()
  await look(page, 'a new password, 360')
  await page.getByLabel('New password').fill('battery staple')
  await press(page, 'Set the password')
  await page.getByRole('heading', { name: 'Your new password is set' }).waitFor()
  await page.getByRole('link', { name: 'sign in' }).click()
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill('battery staple')
  await press(page, 'Sign in')
  await page.getByLabel('New task').waitFor()
  await page.goto('/reset-password')
  await page.getByRole('heading', { name: 'This link no longer works' }).waitFor()
  // The session of the other browser has ended.
  await person.page.reload()
  await person.page.waitForURL('**/login**')
}

/** A new address in the settings, proven by a mail to it; the old one is told. */
export const changeAddress = async (t: TestContext, browser: Browser, mesh: Mesh): Promise<void> => {
  const { page, email, tab } = await newPerson(t, browser, mesh.url)
  await page.goto('/settings')
  await page.getByLabel('New address').fill(`new-${email}`)
  await page.getByLabel('Current password').fill('a guess')
  await press(page, 'Change address')
  await page.getByText('is wrong').waitFor()
  await page.getByLabel('Current password').fill('correct horse')
  await press(page, 'Change address')
  await page.getByText('Follow the link that was mailed').waitFor()
  const proof = await tab(await linkIn(mesh, `new-${email}`, 'Confirm your new e-mail address'))
  await press(proof, 'Confirm')
  await proof.getByRole('heading', { name: 'Your address is confirmed' }).waitFor()
  await eventually('the old address is told', async () => {
    const { messages } = await ask(`${mesh.mailUrl}/api/v1/messages`)
    return messages.some((each: Json) => each.To[0].Address === email && /was changed/.test(each.Subject))
  })
  await page.reload()
  await page.waitForURL('**/login**')
  await page.getByLabel('E-mail').fill(`new-${email}`)
  await page.getByLabel('Password').fill('correct horse')
  await press(page, 'Sign in')
  await page.getByLabel('New task').waitFor()
}
