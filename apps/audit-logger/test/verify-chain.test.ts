import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ChainLink, verifyChain } from '../src/domain/verify-chain.ts'
import { chainOf, linkAfter } from '../testing/chain-of.ts'

const given = async function* (links: ChainLink[]) {
  yield* links
}

const found = async (links: ChainLink[], checkpoints?: Map<number, string>) => {
  const { finding } = await verifyChain(given(links), checkpoints)
  return finding && `${finding.kind} ${finding.sequence}`
}

const count = 9
const chain = chainOf(count)
const everywhere = Array.from({ length: count }, (_, index) => index)

test('an unmodified chain has no findings', async () => {
  assert.deepEqual(await verifyChain(given(chain)), { records: count, checkpoints: 0, last: lastOf(chain) })
  assert.equal((await verifyChain(given([]))).records, 0)
})

const lastOf = (links: ChainLink[]) => {
  const { sequence, hash } = links.at(-1)!
  return { sequence, hash }
}

test('changed: a text or hash that was altered', async () => {
  for (const at of everywhere) {
    const text = chain.with(at, { ...chain[at]!, recorded: chain[at]!.recorded.replace('title', 'TITLE') })
    assert.equal(await found(text), `changed ${at + 1}`)
    assert.equal(await found(chain.with(at, { ...chain[at]!, hash: 'f'.repeat(64) })), `changed ${at + 1}`)
  }
})

test('changed with a matching hash: the next record does not match', async () => {
  for (const at of everywhere.slice(0, -1)) {
    assert.equal(await found(chain.with(at, linkAfter(chain[at - 1], at + 1, 'forged'))), `changed ${at + 2}`)
  }
})

test('missing: one or several removed records', async () => {
  for (const at of everywhere.slice(0, -1)) {
    assert.equal(await found(chain.toSpliced(at, 1)), `missing ${at + 1}`)
    if (at < count - 2) assert.equal(await found(chain.toSpliced(at, 2)), `missing ${at + 1}`)
  }
})

test('inserted: a record that was never written, with any sequence number and hash', async () => {
  for (const at of everywhere) {
    const forged = (sequence: number) => linkAfter(chain[at - 1], sequence, 'forged')
    // When it takes the number of the record it precedes, only later records show which one is genuine.
    assert.equal(await found(chain.toSpliced(at, 0, forged(at + 1))), `inserted ${at + 1}`)
    assert.equal(await found(chain.toSpliced(at, 0, { ...forged(at + 1), hash: '0'.repeat(64) })), `inserted ${at + 1}`)
    assert.equal(await found(chain.toSpliced(at, 0, forged(99))), 'inserted 99')
    if (at > 0) assert.equal(await found(chain.toSpliced(at, 0, chain[at - 1]!)), `inserted ${at}`)
  }
})

test('swapped: two neighbours, two distant records, one moved record', async () => {
  for (const a of everywhere) {
    for (const b of everywhere.slice(a + 1)) {
      assert.equal(await found(chain.with(a, chain[b]!).with(b, chain[a]!)), `swapped ${a + 1}`)
      assert.equal(await found(chain.toSpliced(b, 1).toSpliced(a, 0, chain[b]!)), `swapped ${a + 1}`)
    }
  }
})

test('truncated: only a checkpoint reveals the missing end', async () => {
  const checkpoints = new Map([
    [3, chain[2]!.hash],
    [count, chain.at(-1)!.hash],
  ])
  assert.equal((await verifyChain(given(chain), checkpoints)).checkpoints, 2)
  for (const at of everywhere) {
    assert.equal(await found(chain.slice(0, at)), undefined)
    assert.equal(await found(chain.slice(0, at), checkpoints), `truncated ${at + 1}`)
  }
})

test('rewritten: a recreated chain is self-consistent but contradicts the checkpoints', async () => {
  const recreated = chain.slice(0, 4)
  for (let sequence = 5; sequence <= count; sequence++) recreated.push(linkAfter(recreated.at(-1), sequence, 'forged'))
  assert.equal(await found(recreated), undefined)
  const checkpoints = new Map([
    [4, chain[3]!.hash],
    [7, chain[6]!.hash],
  ])
  assert.equal(await found(recreated, checkpoints), 'rewritten 7')
})
