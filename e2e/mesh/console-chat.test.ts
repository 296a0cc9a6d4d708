import assert from 'node:assert/strict'
import { after, before, describe, type TestContext, test } from 'node:test'
import { calls, type Reply, says } from '@taskflow/chat-api/testing/scripted-model'
import { startChat } from '@taskflow/chat-api/testing/start-chat'
import { type Mesh, startMesh } from '@taskflow/local-mesh'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../console/browser.ts'
import { look } from '../console/look.ts'
import { newPerson } from '../console/person.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers of the API, looked at field by field
type Json = any

const card = (page: Page, name: string) => page.getByRole('group', { name, exact: true })
const field = (page: Page) => page.getByRole('textbox', { name: 'Message' })
const say = async (page: Page, text: string) => {
  await field(page).fill(text)
  await page.keyboard.press('Enter')
}

describe('the chat of the web page, with the interpreter', () => {
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

  const row = (page: Page, title: string) => page.getByLabel(`Complete ${title}`)

  test('tasks are added, deleted after confirmation, restored by Undo; a reload continues the conversation', async (t) => {
    const { page } = await newPerson(t, browser, mesh.url, { viewport: { width: 1280, height: 800 } })
    await page.getByText('Nothing to do').waitFor()
    await page.keyboard.press('c')
    const chat = page.getByRole('complementary', { name: 'Chat' })
    await chat.getByRole('button', { name: "what's due today?" }).click()
    assert.equal(await field(page).inputValue(), "what's due today?", 'an example fills the field')
    await field(page).fill('')
    await page.keyboard.type('add buy milk')
    await page.keyboard.press('Shift+Enter')
    assert.equal(await field(page).inputValue(), 'add buy milk\n')
    await page.keyboard.press('Backspace')
    await page.keyboard.type(' tomorrow at 9')
    await page.keyboard.press('Enter')
    await card(page, 'Added 1 task').getByText('Tomorrow 09:00').waitFor()
    await row(page, 'buy milk').waitFor()
    await page.getByRole('status').filter({ hasText: 'built-in interpreter' }).waitFor({ state: 'attached' })
    assert.equal(await field(page).inputValue(), '')

    const link = await card(page, 'Added 1 task').getByRole('link', { name: 'buy milk' }).elementHandle()
    await link!.click()
    await page.getByRole('dialog', { name: 'Task' }).waitFor()
    // Pressed before the focus has moved to the dialog, it closes the dialog only.
    await link!.dispatchEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true })
    await page.getByRole('dialog', { name: 'Task' }).waitFor({ state: 'detached' })

    await say(page, 'delete buy milk')
    const deletion = card(page, 'Delete 1 task?')
    await deletion.getByText('expires in 10 min').waitFor()
    assert.equal(await row(page, 'buy milk').count(), 1, 'it waits')
    await deletion.getByRole('button', { name: 'Confirm' }).click()
    await row(page, 'buy milk').waitFor({ state: 'detached' })
    await card(page, 'Deleted 1 task').getByRole('button', { name: 'Undo' }).click()
    await row(page, 'buy milk').waitFor()
    await card(page, 'Deleted 1 task').getByText('Taken back', { exact: true }).waitFor()
    const focused = () =>
      page.evaluate<string>(`document.activeElement.ariaLabel ?? document.activeElement.textContent`)
    assert.equal(await focused(), 'Deleted 1 task', 'the focus stays where the button was')

    await page.reload()
    await card(page, 'Deleted 1 task').getByText('Taken back', { exact: true }).waitFor()
    await card(page, 'Added 1 task').getByRole('button', { name: 'Undo' }).waitFor()
    await say(page, 'delete it')
    await deletion.getByRole('button', { name: 'Cancel' }).click()
    await card(page, 'Delete 1 task').getByText('Not done', { exact: true }).waitFor()
    assert.equal(await row(page, 'buy milk').count(), 1)
    await page.keyboard.press('Escape')
    await chat.waitFor({ state: 'detached' })
    assert.equal(await focused(), 'Chat')
  })

  test('conversations are listed, continued and deleted; changes made meanwhile are shown', async (t) => {
    const { page, request, tab } = await newPerson(t, browser, mesh.url, { viewport: { width: 1280, height: 800 } })
    await page.getByRole('button', { name: 'Chat' }).click()
    await say(page, 'add water the plants')
    await card(page, 'Added 1 task').waitFor()
    await page.getByRole('button', { name: 'New conversation' }).click()
    await page.getByText('What should be done?').waitFor()
    await say(page, 'delete water the plants')
    const deletion = card(page, 'Delete 1 task?')
    await deletion.waitFor()

    // A decision in another tab applies here.
    const { data } = await request('GET', '/chat/actions?state=pending')
    await request('POST', `/chat/actions/${data[0].id}/cancel`)
    await deletion.getByRole('button', { name: 'Confirm' }).click()
    const refused = card(page, 'Delete 1 task')
    await refused.getByRole('alert').filter({ hasText: 'cancelled already' }).waitFor()
    assert.equal(await refused.getByRole('button', { name: 'Confirm' }).count(), 0)

    const list = page.getByRole('list', { name: 'Conversations' })
    await page.getByRole('button', { name: 'Conversations' }).click()
    await list.getByRole('button', { name: /^add water the plants/ }).click()
    await card(page, 'Added 1 task').waitFor()
    await page.getByRole('button', { name: 'Conversations' }).click()
    await list.getByRole('button', { name: 'Delete add water the plants' }).click()
    await list.getByRole('button', { name: 'Delete', exact: true }).click()
    await list.getByText('add water the plants').waitFor({ state: 'detached' })
    const left = await request('GET', '/chat/conversations')
    assert.deepEqual(
      left.data.map(({ title }: Json) => title),
      ['delete water the plants'],
    )
    const other = await tab()
    assert.equal(await field(other).count(), 0, 'another tab has a chat of its own')
  })

  test('after a lost connection the message is sent again if it did not arrive, else the page catches up', async (t) => {
    const { page, context, request } = await newPerson(t, browser, mesh.url)
    await page.getByRole('button', { name: 'Chat' }).click()
    await context.setOffline(true)
    await say(page, 'add once')
    await page.getByText('TaskFlow cannot be reached').waitFor()
    await context.setOffline(false)
    await page.getByRole('button', { name: 'Try again' }).click()
    await card(page, 'Added 1 task').waitFor()
    // The response breaks off in the middle.
    await page.route('**/api/v1/chat', async (route) => {
      const answer = await route.fetch()
      const text = await answer.text()
      await route.fulfill({ response: answer, body: text.slice(0, text.indexOf('\n\n') + 2) })
    })
    await say(page, 'add twice')
    await card(page, 'Added 1 task').nth(1).waitFor()
    await page.unroute('**/api/v1/chat')
    const { data } = await request('GET', '/tasks')
    assert.deepEqual(data.map(({ title }: Json) => title).sort(), ['once', 'twice'])
  })

  test('it is accessible and not wider than the screen: light, dark, small', async (t) => {
    const { page, request } = await newPerson(t, browser, mesh.url)
    for (const title of ['buy milk', 'W'.repeat(190)]) await request('POST', '/tasks', { title })
    await page.getByRole('button', { name: 'Chat' }).click()
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 360],
    ] as const) {
      const at = (what: string) => `${what}, ${colorScheme}, ${width}`
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 800 })
      await page.getByRole('button', { name: 'New conversation' }).click()
      await page.getByText('What should be done?').waitFor()
      await look(page, at('nothing said'), 'section')
      await say(page, 'show my tasks')
      await page.getByText('2 found').click()
      await say(page, 'delete everything')
      await card(page, 'Delete 2 tasks?').waitFor()
      await say(page, 'add read a book')
      await card(page, 'Added 1 task').waitFor()
      await look(page, at('a conversation'), 'section')
      await card(page, 'Added 1 task').getByRole('button', { name: 'Undo' }).click()
      await card(page, 'Added 1 task').getByText('Taken back', { exact: true }).waitFor()
      await page.getByRole('button', { name: 'Conversations' }).click()
      await page
        .getByRole('list', { name: 'Conversations' })
        .getByRole('button', { name: /^Delete show/ })
        .first()
        .click()
      await look(page, at('conversations'), 'section')
      await page.getByRole('button', { name: 'Conversations' }).click()
    }
  })
})

describe('the chat of the web page, with a slow language model', () => {
  let browser: Browser
  before(async () => {
    browser = await launchBrowser()
  })
  after(() => browser?.close())

  /** Each answer adds a task and ends when the test releases it. */
  const startSlow = async (t: TestContext) => {
    const chat = await startChat(t, { env: { CHAT_SILENCE_SECONDS: '30', CHAT_TURN_SECONDS: '60' } })
    let ending = Promise.withResolvers<Reply>()
    chat.model.script(({ messages }) => {
      if (messages.at(-1)!.role === 'tool') return ending.promise
      ending = Promise.withResolvers()
      return calls([{ name: 'add_tasks', input: { tasks: [{ title: 'Bread' }] } }], { text: 'On it.' })
    })
    const { page } = await newPerson(t, browser, chat.service.url)
    await page.getByRole('button', { name: 'Chat' }).click()
    await say(page, 'add bread')
    await card(page, 'Added 1 task').waitFor()
    return { page, end: (text: string) => ending.resolve(says(text)) }
  }

  test('an answer is shown as it streams, resumed after a reload, and shown as text only', async (t) => {
    const { page, end } = await startSlow(t)
    await page.getByText('On it.').waitFor()
    await page.getByRole('button', { name: 'Stop' }).waitFor()
    await page.reload()
    await card(page, 'Added 1 task').waitFor()
    await page.getByRole('button', { name: 'Stop' }).waitFor()
    end('Done at last: <img src="https://example.com/a.png"> [more](https://example.com)\n\n- one\n- two')
    await page.getByText('Done at last').first().waitFor()
    await field(page).fill('and')
    await page.getByRole('button', { name: 'Send' }).waitFor()
    const said = page.getByRole('region', { name: 'What was said' })
    assert.deepEqual(
      await said
        .getByRole('listitem')
        .filter({ hasText: /^(one|two)$/ })
        .allTextContents(),
      ['one', 'two'],
    )
    assert.equal(await said.getByText('On it.').count(), 1, 'it is not shown twice')
    assert.equal(await said.locator('img, a[href*="example.com"]').count(), 0)
  })

  test('an answer to another tab is polled until it is complete, as is a stopped one', async (t) => {
    const { page, end } = await startSlow(t)
    await page.route('**/stream', (route) => route.fulfill({ status: 204 }))
    await page.reload()
    await page.getByText('Working on it').waitFor()
    end('Done at last.')
    await page.getByText('Done at last.').first().waitFor()
    await say(page, 'add bread')
    await card(page, 'Added 1 task').nth(1).waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByText('Stopped.').waitFor()
    end('Done once more.')
    await page.getByText('Done once more.').first().waitFor()
  })
})
