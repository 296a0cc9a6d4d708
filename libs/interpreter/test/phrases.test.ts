import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { help, helpIn } from '../src/help/help-in.ts'
import { createHome } from './home.ts'
import { outcomeOf } from './outcome.ts'
import { phrases } from './phrases.ts'
import { createConversation } from './world.ts'

const outcome = async (text: string) => {
  const world = createHome()
  return outcomeOf(world.calls, await createConversation(world)(text), 'Europe/Berlin')
}

for (const [group, rows] of Object.entries(phrases)) {
  test(`${group}: ${rows.length} phrases`, async () => {
    for (const [text, expected] of rows) assert.deepEqual([text, await outcome(text)], [text, expected])
  })
}

test('there are at least 150 phrases, each once', () => {
  const texts = Object.values(phrases).flatMap((rows) => rows.map(([text]) => text))
  assert.ok(texts.length >= 150, `${texts.length}`)
  assert.equal(new Set(texts).size, texts.length)
})

test('no trap changes anything', () => {
  const changes = /(?:^|; )(?:add|complete|delete|reopen|restore|move|remind of|snooze|repeat|pause|resume) /
  for (const [group, rows] of Object.entries(phrases)) {
    if (group.startsWith('traps')) for (const [text, expected] of rows) assert.doesNotMatch(expected, changes, text)
  }
})

test('every example of `help` is understood', async () => {
  for (const { does, examples } of help.en) {
    assert.ok(helpIn('en').includes(does))
    for (const example of examples) {
      assert.ok(helpIn('en').includes(example))
      const answer = await outcome(example)
      assert.doesNotMatch(answer, /did not understand|not sure|cannot/, example)
    }
  }
})

test('every example of `help` is in the documentation, word for word', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/interpreter.md'), 'utf8')
  for (const { does, examples } of help.en) {
    const row = page.split('\n').find((line) => line.startsWith(`| ${does} `))
    assert.ok(row, does)
    for (const example of examples) assert.ok(row.includes(`\`${example}\``), `${does}: ${example}`)
  }
})
