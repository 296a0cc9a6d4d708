import { chainHash, chainStart } from './chain.ts'

/** A record to verify: the text that was hashed, and its hash. */
export interface ChainLink {
  sequence: number
  recorded: string
  hash: string
}

/** What happened to the first bad record, and where it is. */
export interface Finding {
  kind: 'changed' | 'missing' | 'inserted' | 'swapped' | 'truncated' | 'rewritten'
  sequence: number
  detail: string
}

export interface Verdict {
  /** Records up to the finding, or all. */
  records: number
  /** Checkpoints that were compared with them. */
  checkpoints: number
  last: { sequence: number; hash: string }
  finding?: Finding
}

/**
 * Follows the chain from its first record, or from the one after `after`, and stops at the first that does not fit.
 * Signed checkpoints (sequence to hash) detect what the chain alone cannot: a missing end, or a chain that was
 * rewritten. Holds a few records at a time.
 */
export const verifyChain = async (
  links: AsyncIterable<ChainLink>,
  checkpoints: ReadonlyMap<number, string> = new Map(),
  after = { sequence: 0, hash: chainStart },
): Promise<Verdict> => {
  const iterator = links[Symbol.asyncIterator]()
  const next = async () => {
    const { done, value } = await iterator.next()
    return done ? undefined : value
  }
  let previous: { link: ChainLink; before: string } | undefined
  let last = after
  let held = 0
  const verdict = (finding?: Finding): Verdict => ({
    records: last.sequence,
    checkpoints: held,
    last,
    ...(finding ? { finding } : {}),
  })
  for (let link = await next(); link; link = await next()) {
    if (link.sequence !== last.sequence + 1 || chainHash(last.hash, link.recorded) !== link.hash) {
      return verdict(await explain(link, last, previous, next))
    }
    previous = { link, before: last.hash }
    last = { sequence: link.sequence, hash: link.hash }
    const signed = checkpoints.get(link.sequence)
    if (signed === undefined) continue
    if (signed !== link.hash) {
      return verdict({
        kind: 'rewritten',
        sequence: link.sequence,
        detail: `the chain fits, but at record ${link.sequence} it is not what was signed: it was rewritten after the previous checkpoint`,
      })
    }
    held++
  }
  const end = Math.max(0, ...checkpoints.keys())
  return end > last.sequence ? verdict(truncated(last.sequence, end)) : verdict()
}

/** The end of the chain is missing: it is known to have reached `end`. */
export const truncated = (last: number, end: number): Finding => ({
  kind: 'truncated',
  sequence: last + 1,
  detail: `the chain ends with record ${last}; it went up to ${end} at least`,
})

/**
 * What happened at the first record that does not follow `last`, judged by the records after it: whether the expected
 * record comes later, and whether other records refer to the one found.
 */
const explain = async (
  link: ChainLink,
  last: { sequence: number; hash: string },
  previous: { link: ChainLink; before: string } | undefined,
  next: () => Promise<ChainLink | undefined>,
): Promise<Finding> => {
  const expected = last.sequence + 1
  // Two records of one number both follow the record before: the one that nothing follows was inserted.
  if (previous && link.sequence === last.sequence && chainHash(previous.before, link.recorded) === link.hash) {
    return inserted(last.sequence, 'there are two records of this number; nothing follows from one of them')
  }
  if (link.sequence < expected) return inserted(link.sequence, `it stands where record ${expected} should`)

  let comesLater = false
  let isKnown = false
  for (let later = await next(); later && !(comesLater && isKnown); later = await next()) {
    if (later.sequence === expected && chainHash(last.hash, later.recorded) === later.hash) comesLater = true
    if (later.sequence === link.sequence - 1 && chainHash(later.hash, link.recorded) === link.hash) isKnown = true
    if (later.sequence === link.sequence + 1 && chainHash(link.hash, later.recorded) === later.hash) isKnown = true
  }
  if (link.sequence === expected) {
    return comesLater
      ? inserted(expected, 'the true record of this number comes later')
      : { kind: 'changed', sequence: expected, detail: 'its text or its hash is not what was written' }
  }
  if (!comesLater) {
    const to = link.sequence - 1
    const detail = to > expected ? `records ${expected} to ${to} are not there` : 'it is not there'
    return { kind: 'missing', sequence: expected, detail }
  }
  return isKnown
    ? { kind: 'swapped', sequence: expected, detail: `record ${link.sequence} stands in its place` }
    : inserted(link.sequence, `it stands before record ${expected}, and the chain does not know it`)
}

const inserted = (sequence: number, detail: string): Finding => ({ kind: 'inserted', sequence, detail })
