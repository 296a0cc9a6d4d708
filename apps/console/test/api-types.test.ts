import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { apiTypes, file } from '../write-api-types.ts'

test('the generated types match the current API', async () => {
  assert.ok(
    readFileSync(file, 'utf8') === (await apiTypes()),
    'src/api/openapi.d.ts is out of date: npm run generate:api-types',
  )
})

test('the console imports nothing from other apps', () => {
  const source = join(import.meta.dirname, '../src')
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))
  assert.ok(files.length > 100)
  for (const name of files)
    assert.doesNotMatch(readFileSync(join(source, name), 'utf8'), /from '[./]+\/(chat-api|apps|libs)\//, name)
})
