import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { brotliCompressSync } from 'node:zlib'
import { startChatApi } from '../../testing/start-chat-api.ts'

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-encoding': 'identity' }

/** chat-api with or without a built console. */
const startWithPage = async (t: TestContext, files: Record<string, string | Buffer> | undefined) => {
  const consoleFolder = await mkdtemp(join(tmpdir(), 'taskflow-page-'))
  t.after(() => rm(consoleFolder, { recursive: true, force: true }))
  await mkdir(join(consoleFolder, 'assets'))
  for (const [name, text] of Object.entries(files ?? {})) await writeFile(join(consoleFolder, name), text)
  const { service } = await startChatApi(t, { consoleFolder })
  return (path: string, headers: Record<string, string> = browser, method = 'GET') =>
    fetch(service.url + path, { headers, method })
}

const built = {
  'index.html': '<!doctype html><title>TaskFlow</title>',
  'icon.svg': '<svg/>',
  'assets/main-1a2b3c.js': 'export {}',
  'assets/main-1a2b3c.js.br': brotliCompressSync('export {}'),
}

test('/ and the console routes return the page, under a strict policy', async (t) => {
  const get = await startWithPage(t, built)
  for (const path of ['/', '/index.html', '/calendar', '/operations/dead-letters', '/a.b.c/%C3%A4']) {
    const answer = await get(path)
    assert.equal(answer.status, 200, path)
    assert.equal(await answer.text(), built['index.html'])
    assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8')
    assert.equal(answer.headers.get('cache-control'), 'no-cache')
    const policy = answer.headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'self'/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /unsafe|https?:|data:|\*/)
  }
  const head = await get('/', browser, 'HEAD')
  assert.deepEqual([head.status, await head.text()], [200, ''])
})

test('API paths and requests of programs still get problems', async (t) => {
  const get = await startWithPage(t, built)
  for (const path of ['/api/v1/nothing', '/api', '/docs/nothing.js', '/schemas/nothing', '/operator/nothing'])
    assert.equal((await get(path)).headers.get('content-type'), 'application/problem+json; charset=utf-8', path)
  assert.equal((await get('/calendar', { accept: 'application/json' })).status, 404)
  assert.equal((await get('/calendar', browser, 'POST')).status, 404)
  assert.equal(
    (await get('/assets/gone-1a2b3c.js')).status,
    404,
    'an outdated page must not load this page as its script',
  )
})

test('assets are cached forever and compressed where supported; paths cannot leave the folder', async (t) => {
  const get = await startWithPage(t, built)
  const plain = await get('/assets/main-1a2b3c.js')
  assert.equal(plain.headers.get('cache-control'), 'public, max-age=31536000, immutable')
  assert.equal(plain.headers.get('content-type'), 'text/javascript; charset=utf-8')
  assert.equal(plain.headers.get('content-encoding'), null)
  const compressed = await get('/assets/main-1a2b3c.js', { 'accept-encoding': 'gzip, br' })
  assert.deepEqual([compressed.headers.get('content-encoding'), await compressed.text()], ['br', 'export {}'])
  const etag = compressed.headers.get('etag')!
  // Without it, fetch sends `cache-control: no-cache`.
  const conditional = { 'if-none-match': etag, 'cache-control': 'max-age=0' }
  const again = await get('/assets/main-1a2b3c.js', { 'accept-encoding': 'gzip, br', ...conditional })
  assert.equal(again.status, 304)
  const refused = await get('/assets/main-1a2b3c.js', { 'accept-encoding': 'br;q=0' })
  assert.equal(refused.headers.get('content-encoding'), null)
  assert.equal((await get('/icon.svg', {})).headers.get('content-type'), 'image/svg+xml')
  const part = await get('/icon.svg', { 'accept-encoding': 'identity', range: 'bytes=1-3' })
  assert.deepEqual([part.status, await part.text()], [206, 'svg'])
  for (const path of ['/assets/%2e%2e%2findex.html', '/assets/..%2f..%2fpackage.json', '/assets/main-1a2b3c.js.br'])
    assert.equal((await get(path)).status, 404, path)
})

test('without a build, / says how to make one', async (t) => {
  const get = await startWithPage(t, undefined)
  const answer = await get('/', {})
  assert.equal(answer.status, 503)
  assert.match(await answer.text(), /npx nx build console/)
})
