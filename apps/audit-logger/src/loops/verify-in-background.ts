import { chainHead, chainVerification } from '@taskflow/database'
import { type BaseDeps, createLoop, type Loop, type Tx } from '@taskflow/service-kit'
import { chainStart } from '../domain/chain.ts'
import { readRange } from '../domain/read-export.ts'
import { type Finding, truncated, type Verdict, verifyChain } from '../domain/verify-chain.ts'

/** Some 12 ms of work in 250 ms leave the rest to events: at most 2,000 records a second, 170 million a day. */
const defaultBatchSize = 500
const pause = 250
/** Milliseconds between checks for new records at the end of the chain. */
const pollInterval = 10_000
/** Verified records may be changed later: the whole chain is verified again this often. */
const restartAfter = Temporal.Duration.from({ hours: 24 })

/**
 * Verifies the chain in batches, from its beginning to its end, then new records as they come, and all of it again
 * every day. A bad record stops it until then. One replica verifies a batch at a time; recording events never waits for
 * it.
 */
export const verifyInBackground = ({
  transaction,
  log,
  batchSize = defaultBatchSize,
}: Pick<BaseDeps, 'transaction' | 'log'> & { batchSize?: number }): Loop =>
  createLoop({
    name: 'verification',
    maxWait: pollInterval,
    onError: (error) => log.warn('the audit log could not be verified', { error }),
    step: async () => {
      const { found, more } = await transaction((tx) => verifyBatch(tx, batchSize))
      if (found) {
        log.error('the audit log is not as it was written: run npm run audit:verify', { ...found })
      }
      return more ? pause : pollInterval
    },
  })

/** Returns a new finding, if any, and whether there is more to verify now. */
const verifyBatch = async (tx: Tx, batchSize: number): Promise<{ found?: Finding; more: boolean }> => {
  const [row] = await tx.select().from(chainVerification).for('update', { skipLocked: true })
  if (!row) return { more: true }
  const now = tx.clock.now()
  const isDue = row.begun_at === null || isBefore(row.begun_at, now.subtract(restartAfter))
  const isStopped = !isDue && row.bad_at !== null && !isBefore(row.bad_at, Temporal.Instant.from(row.begun_at!))
  if (isStopped) return { more: false }
  const from = isDue ? { sequence: 0, hash: chainStart } : { sequence: row.sequence, hash: row.hash }
  const [head] = await tx.select().from(chainHead)
  const to = Math.min(head!.sequence, from.sequence + batchSize)
  const verdict = await verifyChain(readRange(tx.$client, { after: from.sequence, to }), undefined, from)
  const { last } = verdict
  const finding = verdict.finding ?? findingAtEnd(last, to, head!)
  const isStillBad =
    row.bad_sequence !== null &&
    row.bad_sequence > last.sequence &&
    (last.sequence < head!.sequence || row.bad_kind === 'truncated')
  await tx.update(chainVerification).set({
    ...last,
    begun_at: isDue ? now.toString() : row.begun_at,
    verified_at: now.toString(),
    // A bad record of yesterday stays reported until it is verified again.
    ...(finding || !isStillBad ? badColumns(finding, now) : {}),
  })
  const isNews = finding !== undefined && finding.sequence !== row.bad_sequence
  return { ...(isNews ? { found: finding } : {}), more: finding === undefined && last.sequence < head!.sequence }
}

const isBefore = (time: string, instant: Temporal.Instant) => Temporal.Instant.compare(time, instant) < 0

/**
 * Compares the last record with the head of the chain: records must go up to `to`, and the head must not be before it.
 */
const findingAtEnd = (
  last: Verdict['last'],
  to: number,
  head: { sequence: number; hash: string },
): Finding | undefined => {
  if (last.sequence < to) {
    return { kind: 'missing', sequence: last.sequence + 1, detail: `no record up to ${to} is there any more` }
  }
  if (last.sequence > head.sequence) return truncated(head.sequence, last.sequence)
  if (last.sequence < head.sequence || last.hash === head.hash) return undefined
  return { kind: 'rewritten', sequence: last.sequence, detail: 'the head of the chain names another hash' }
}

const badColumns = (finding: Finding | undefined, now: Temporal.Instant) => ({
  bad_sequence: finding?.sequence ?? null,
  bad_kind: finding?.kind ?? null,
  bad_detail: finding?.detail ?? null,
  bad_at: finding ? now.toString() : null,
})
