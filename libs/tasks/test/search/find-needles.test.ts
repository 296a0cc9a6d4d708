import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withinCpuTime } from '@taskflow/test-kit'
import { findNeedles, type Needle } from '../../src/search/find-needles.ts'

const marked = (text: string, ...needles: Needle[]) => {
  const found = findNeedles(text, needles)
  return [...text]
    .map((each, place) => (found?.[place] ? `[${each}]` : each))
    .join('')
    .replaceAll('][', '')
}

test('a part is found anywhere, a word and the beginning of one where a word begins', () => {
  assert.equal(marked('明天的会议记录', { text: '会议', is: 'part' }), '明天的[会议]记录')
  assert.equal(marked('é e-mails, remail', { text: 'email', is: 'beginning' }), 'é [e-mails], remail')
  assert.equal(marked('é e-mails e-mail', { text: 'email', is: 'word' }), 'é e-mails [e-mail]')
})

test('marks that are folded away belong to their word', () => {
  assert.equal(marked('مُحَمَّد x', { text: 'محمد', is: 'word' }), '[مُحَمَّد] x')
  assert.equal(marked('👍🏽👍', { text: '👍', is: 'part' }), '[👍]🏽[👍]')
})

test('nothing is looked for in a text whose words Postgres sees', () => {
  assert.equal(findNeedles('plain text', [{ text: 'plain', is: 'word' }]), undefined)
})

test('a long text and many needles take little time', async () => {
  const needles = Array.from({ length: 40 }, (_, index): Needle => ({ text: `a${index}`, is: 'beginning' }))
  const texts = ['ä-a1 '.repeat(2_000), '会'.repeat(10_000), "a1'".repeat(3_333)]
  for (const text of texts)
    await withinCpuTime(500, () => findNeedles(text, [...needles, { text: '会', is: 'part' }]), {
      what: text.slice(0, 9),
    })
})
