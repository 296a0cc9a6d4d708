import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

/** The built console (npx nx test console builds it first). */
const dist = join(import.meta.dirname, '../dist')
const page = readFileSync(join(dist, 'index.html'), 'utf8')
const initialAssets = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, name]) => name!)

test('the first page load needs at most 200 kB of compressed JavaScript', () => {
  const scripts = initialAssets.filter((name) => name.endsWith('.js'))
  assert.ok(scripts.length > 0, 'the page has a script')
  const bytes = scripts.reduce((sum, name) => sum + statSync(join(dist, `${name}.gz`)).size, 0)
  assert.ok(bytes <= 200_000, `${bytes} bytes: ${scripts.join(', ')}`)
})

test('nothing is inline and nothing comes from another origin', () => {
  assert.doesNotMatch(page, /<style|style="|<script(?![^>]*\ssrc=)|\son\w+=/)
  assert.doesNotMatch(page, /(?:src|href)="(?!\/)/)
  for (const name of initialAssets.filter((each) => each.endsWith('.css')))
    assert.doesNotMatch(readFileSync(join(dist, name), 'utf8'), /url\(["']?(https?:)?\/\//)
})
