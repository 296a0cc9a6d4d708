import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readChoice, searchWords, select } from '../src/answer/select.ts'
import { task } from './world.ts'

const items = (...titles: string[]) => titles.map((title) => ({ ...task(title), repeats: false, is_completed: false }))
const all = { isComplete: true, isFuzzy: false, isQuoted: false, language: 'en' as const }
const selected = (text: string, titles: string[], found: Partial<typeof all> = {}) => {
  const selection = select(text, items(...titles), { ...all, ...found })
  return 'clear' in selection ? selection.clear.title : selection.candidates.map(({ title }) => title)
}

test('a whole title, or words that match only one title, select it', () => {
  assert.equal(selected('pay rent', ['Pay rent', 'Pay rent for the garage']), 'Pay rent')
  assert.equal(selected('the garage task', ['Pay rent', 'Pay rent for the garage']), 'Pay rent for the garage')
  assert.deepEqual(selected('rent', ['Pay rent', 'Pay rent for the garage']), ['Pay rent', 'Pay rent for the garage'])
  assert.deepEqual(selected('pay rent', ['Pay rent', 'pay rent!']), ['Pay rent', 'pay rent!'])
  // Found by its description, or by the beginning of a word.
  assert.deepEqual(selected('rent garage', ['Pay rent']), ['Pay rent'])
  assert.deepEqual(selected('ren', ['Pay rent']), ['Pay rent'])
})

test('similar words, partial matches and words beyond a title select nothing', () => {
  assert.deepEqual(selected('rent', ['Pay rent'], { isFuzzy: true }), ['Pay rent'])
  assert.deepEqual(selected('pay rent', ['Pay rent'], { isComplete: false }), ['Pay rent'])
  assert.deepEqual(selected('rent', ['Pay rent'], { isQuoted: true }), ['Pay rent'])
  assert.deepEqual(selected('not milk', ['Do not buy milk']), ['Do not buy milk'])
  assert.equal(selected('do not buy milk', ['Do not buy milk']), 'Do not buy milk')
  assert.deepEqual(selected('🏠', ['Paint the 🏠']), ['Paint the 🏠'])
})

test('all words of an answer must match', () => {
  const chosen = (text: string) =>
    readChoice(text, items('blue wool hat', 'blue straw hat', 'red hat'), 'en')?.chosen.map(({ title }) => title)
  assert.deepEqual(chosen('the straw hat'), ['blue straw hat'])
  assert.deepEqual(chosen('blue hat'), ['blue wool hat', 'blue straw hat'])
  assert.deepEqual(chosen('first two'), ['blue wool hat', 'blue straw hat'])
  assert.deepEqual(chosen('1, 3'), ['blue wool hat', 'red hat'])
  for (const text of ['green hat', 'not blue', '4', '0', '1 or 2', 'both', 'the hat?', ''])
    assert.equal(chosen(text), undefined, text)
})

test('search terms match their search', () => {
  assert.equal(searchWords('the "milk" -task', 'en'), 'milk task')
  assert.equal(searchWords('🏠 !?', 'en'), undefined)
  assert.equal(searchWords('word '.repeat(100), 'en')!.split(' ').length, 20)
  assert.ok(searchWords(`${'x'.repeat(150)} ${'y'.repeat(150)}`, 'en')!.length <= 200)
})
