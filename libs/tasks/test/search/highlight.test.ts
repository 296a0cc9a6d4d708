import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { excerpt, highlight, startMark, stopMark } from '../../src/search/highlight.ts'

const found = (word: string) => `${startMark}${word}${stopMark}`
const texts = (fragments: { text: string; match: boolean }[]) =>
  fragments.map(({ text, match }) => (match ? `[${text}]` : text))

suite('highlights', () => {
  test('are taken from the original text, character by character', () => {
    assert.deepEqual(texts(highlight('Pay RENT, now', `pay ${found('rent')}  now`)), ['Pay ', '[RENT]', ', now'])
  })

  test('a character outside the BMP counts as one', () => {
    assert.deepEqual(texts(highlight('🏠 rent', `  ${found('rent')}`)), ['🏠 ', '[rent]'])
  })
})

suite('an excerpt of a long text', () => {
  const long = (character: string) => character.repeat(100)
  const unmarked = (text: string) => [startMark, stopMark].reduce((rest, mark) => rest.replaceAll(mark!, ''), text)
  const excerptOf = (marked: string) => texts(excerpt(highlight(unmarked(marked), marked)))

  test('is empty without a match', () => assert.deepEqual(excerptOf(long('a')), []))

  test('keeps sixty characters on each side of a match', () => {
    assert.deepEqual(excerptOf(`${long('a')}${found('x')}${long('b')}`), [
      `…${'a'.repeat(60)}`,
      '[x]',
      `${'b'.repeat(60)}…`,
    ])
  })

  test('shortens what is between two matches in the middle', () => {
    assert.deepEqual(excerptOf(`${found('x')}${'a'.repeat(121)}${found('y')}`), [
      '[x]',
      `${'a'.repeat(60)}…${'a'.repeat(60)}`,
      '[y]',
    ])
    assert.deepEqual(excerptOf(`${found('x')}${'a'.repeat(120)}${found('y')}`), ['[x]', 'a'.repeat(120), '[y]'])
  })

  test('ends after five matches', () => {
    assert.equal(excerptOf(`${found('x')}a`.repeat(7)).filter((text) => text === '[x]').length, 5)
  })
})
