import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { cached } from '../src/parts/cache.ts'
import { download, publishedSha256 } from '../src/parts/download.ts'
import { obtain, type Source } from '../src/parts/sources.ts'
import { isOlder } from '../src/parts/version.ts'

const folderFor = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'taskflow-parts-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const serve = async (t: TestContext, listener: RequestListener): Promise<string> => {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.closeAllConnections())
  t.after(() => server.close())
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

test('a download is kept if its checksum matches, and deleted if not', async (t) => {
  const [file, content] = [join(folderFor(t), 'daprd'), 'the program']
  const sums = { right: sha256(content), wrong: sha256('another program') }
  const url = await serve(t, (request, response) => {
    response.end(request.url === '/sum' ? `${sums.right.toUpperCase()} *daprd\n` : content)
  })
  await download(`${url}/daprd`, file, await publishedSha256(`${url}/sum`))
  assert.equal(readFileSync(file, 'utf8'), content)
  await assert.rejects(download(`${url}/daprd`, file, sums.wrong), /has the SHA-256 .*, but .* was published/)
  assert.equal(existsSync(file), false)
})

test('a download that stalls fails', async (t) => {
  const file = join(folderFor(t), 'daprd')
  const url = await serve(t, (_request, response) => void response.write('half a'))
  await assert.rejects(download(url, file, sha256('half a program'), { stallMs: 100 }), /the download of .* stalled/)
  assert.equal(existsSync(file), false)
})

test('two processes that need the same file share the work', async (t) => {
  const folder = folderFor(t)
  let fills = 0
  const fill = async (target: string) => {
    fills++
    await delay(50)
    writeFileSync(join(target, 'program'), 'built')
  }
  const want = () => cached(folder, 'thing', fill, { report: () => {} })
  const [first, second] = await Promise.all([want(), want()])
  assert.equal(first, second)
  assert.equal(fills, 1)
  assert.deepEqual(readdirSync(folder), ['thing'])
})

test('failed work leaves nothing behind, and the lock of a dead process is taken over', async (t) => {
  const folder = folderFor(t)
  const broken = () => Promise.reject(new Error('no compiler'))
  await assert.rejects(cached(folder, 'thing', broken, { report: () => {} }), /no compiler/)
  assert.deepEqual(readdirSync(folder), [])
  writeFileSync(join(folder, 'thing.lock'), JSON.stringify({ pid: process.pid, started: 'before' }))
  await cached(folder, 'thing', async () => {}, { report: () => {} })
  assert.deepEqual(readdirSync(folder), ['thing'])
})

test('sources are tried in order; when all fail, the error names all reasons and the fix', async () => {
  const context = { report: () => {}, fix: 'apt-get install it' }
  const failing: Source<string> = {
    name: 'the archive',
    obtain: { cost: 'little', obstacle: async () => undefined, run: () => Promise.reject(new Error('404')) },
  }
  const impossible: Source<string> = {
    name: 'a build',
    obtain: {
      cost: 'much',
      obstacle: async () => 'Go is not installed',
      run: () => Promise.reject(new Error('unreachable')),
    },
  }
  const installed: Source<string> = { name: 'PATH', find: async () => '/usr/bin/it' }
  assert.equal(await obtain('It', [failing, installed], context), '/usr/bin/it', 'what is installed is not fetched')
  await assert.rejects(obtain('It', [failing, impossible], context), {
    message: 'It is missing and cannot be obtained: the archive: 404; Go is not installed.',
    fix: 'apt-get install it',
  })
})

test('versions are compared by number', () => {
  assert.equal(isOlder('1.9.0', '1.18.0'), true)
  assert.equal(isOlder('1.18.2', '1.18.0'), false)
  assert.equal(isOlder('1.18', '1.18.0'), false)
})
