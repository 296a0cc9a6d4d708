import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Mesh, startMesh } from '@taskflow/local-mesh'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../console/browser.ts'
import { look } from '../console/look.ts'
import { newPerson } from '../console/person.ts'

const todoist = [
  'TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE',
  'task,Buy milk @shop,,1,1,Ada (1),Bob (2),2031-01-05,en,Europe/Berlin',
  'task,Water the plants,,4,1,Ada (1),,once in a blue moon,en,Europe/Berlin',
  'task,,,4,1,Ada (1),,,en,Europe/Berlin',
].join('\n')
const table = 'Aufgabe;Fällig;Wer\nMüll;01/02/2031;Ada\n'

describe('importing a file, in a real browser on a whole mesh', () => {
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

  const choose = (page: Page, name: string, text: string) =>
    page.getByLabel('Import a file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  const report = (page: Page) => page.getByRole('region', { name: 'Import', exact: true })

  test('what would become of a file is shown first; nothing is stored before it is confirmed', async (t) => {
    const { page, request } = await newPerson(t, browser, mesh.url)
    const titles = async () =>
      (await request('GET', '/tasks')).data.map(({ title }: { title: string }) => title).toSorted()
    await page.goto('/settings')
    await choose(page, 'Todoist.csv', todoist)
    await report(page).getByText('2 will be created, 0 are there already, 1 cannot be imported.').waitFor()
    await report(page).getByText('title: must not be empty (line 4)').waitFor()
    await report(page).getByText('RESPONSIBLE: tasks have nothing like it (line 2)').waitFor()
    await report(page).getByText('"once in a blue moon" is not understood as a date').waitFor()
    await look(page, 'the preview of an import')
    await page.setViewportSize({ width: 360, height: 740 })
    await look(page, 'the preview of an import on a phone')
    await page.setViewportSize({ width: 1280, height: 800 })
    await report(page).getByRole('button', { name: 'Cancel' }).click()
    await report(page).waitFor({ state: 'detached' })
    assert.deepEqual(await titles(), [])

    await choose(page, 'Todoist.csv', todoist)
    // The focus is where the report begins: its remarks and buttons follow.
    await report(page)
      .getByRole('heading', { name: /^Nothing is imported yet/ })
      .waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await report(page).getByText('2 created, 0 were there, 1 refused.').waitFor()
    assert.deepEqual(await titles(), ['Buy milk', 'Water the plants'])
    await look(page, 'the report of an import')
    await report(page).getByRole('button', { name: 'Close' }).click()

    await choose(page, 'Todoist.csv', todoist)
    await report(page).getByText('0 will be created, 2 are there already').waitFor()
    assert.equal(await report(page).getByRole('button', { name: 'Import 0 tasks' }).isDisabled(), true)
  })

  test('a table of unknown columns is read as it seems to be, if the person agrees', async (t) => {
    const { page, request } = await newPerson(t, browser, mesh.url)
    await page.goto('/settings')
    await choose(page, 'Aufgaben.csv', table)
    const columns = page.getByRole('region', { name: 'Columns of the file' })
    await columns.getByText('“Fällig”: due date').waitFor()
    await look(page, 'the columns of a file')
    await columns.getByRole('button', { name: 'Read it so' }).click()
    await report(page).getByText('"01/02/2031" may be two days').waitFor()
    await report(page).getByText('Wer: tasks have nothing like it').waitFor()
    await report(page).getByRole('button', { name: 'Import 1 task' }).click()
    await report(page).getByText('1 created').waitFor()
    const { data } = await request('GET', '/tasks')
    assert.deepEqual([data[0].title, data[0].due_on], ['Müll', '2031-02-01'])
    await choose(page, 'nothing.ics', 'hello')
    await page.getByText('this is no calendar').waitFor()
  })
})
