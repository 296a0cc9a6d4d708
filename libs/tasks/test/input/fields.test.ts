import assert from 'node:assert/strict'
import { test } from 'node:test'
import { durationInput } from '../../src/input/fields.ts'

test('an offset is a positive ISO 8601 duration of at most 366 days', () => {
  for (const good of ['PT1S', 'PT0.5S', 'P1D', 'P2W', 'P1Y', 'P366D', 'P1DT2H'])
    assert.ok(durationInput.safeParse(good).success, good)
  for (const bad of ['', 'PT0S', '-PT1H', 'P367D', 'P2Y', '1 hour', 'PT1H ', 'P1000000000Y'])
    assert.ok(!durationInput.safeParse(bad).success, bad)
})
