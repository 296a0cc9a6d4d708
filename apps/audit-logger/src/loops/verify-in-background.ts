import { chainHead, chainVerification } from '@taskflow/database'
import { type BaseDeps, createLoop, type Loop, type Tx } from '@taskflow/service-kit'
import { chainStart } from '../domain/chain.ts'
import { readRange } from '../domain/read-export.ts'
import { type Finding, truncated, type Verdict, verifyChain } from '../domain/verify-chain.ts'

/** Some 12 ms of work, a twentieth of the time: events have the rest. At most 2,000 a second, 170 million a day. */
const records = 500
const rest = 250
/** At the end of the chain there is nothing to do until it has grown. */
const lookEvery = 10_000
/** What was verified may be changed afterwards: all of it is looked at again. */
const anewAfter = Temporal.Duration.from({ hours: 24 })

/**
 * Verifies the chain piece by piece, from its beginning to its end, on behind new records, and all of it anew every day.
 * A bad record stops it until then. One replica does a piece at a time; nothing that records events waits for it.
 */
export const verifyInBackground = ({
  transaction,
  log,
  pieceOf = records,
}: Pick<BaseDeps, 'transaction' | 'log'> & { pieceOf?: number }): Loop =>
  createLoop({
    name: 'verification',
    maxWait: lookEvery,
    onError: (error) => log.warn('the audit log could not be verified', { error }),
    step: async () => {
      const { found, more } = await transaction((tx) => verifyPiece(tx, pieceOf))
      if (found) {
        log.error('the audit log is not as it was written: run npm run audit:verify', { ...found })
      }
      return more ? rest : lookEvery
    },
  })

/** Answers a finding that is news, and whether there is more to verify at once. */
const verifyPiece = async (tx: Tx, pieceOf: number): Promise<{ found?: Finding; more: boolean }> => {
  const [row] = await tx.select().from(chainVerification).for('update', { skipLocked: true })
  if (!row) return { more: true }
  const now = tx.clock.now()
  const isDue = row.begun_at === null || isBefore(row.begun_at, now.subtract(anewAfter))
  const isStopped = !isDue && row.bad_at !== null && !isBefore(row.bad_at, Temporal.Instant.from(row.begun_at!))
  if (isStopped) return { more: false }
  const from = isDue ? { sequence: 0, hash: chainStart } : { sequence: row.sequence, hash: row.hash }
  const [head] = await tx.select().from(chainHead)
  const to = Math.min(head!.sequence, from.sequence + pieceOf)
  const verdict = await verifyChain(readRange(tx.$client, { after: from.sequence, to }), undefined, from)
  const { last } = verdict
  const finding = verdict.finding ?? findingAtEnd(last, to, head!)
  const isBadStill =
    row.bad_sequence !== null &&
    row.bad_sequence > last.sequence &&
    (last.sequence < head!.sequence || row.bad_kind === 'truncated')
  await tx.update(chainVerification).set({
    ...last,
    begun_at: isDue ? now.toString() : row.begun_at,
    verified_at: now.toString(),
    // What was bad yesterday stays so until it was verified again.
    ...(finding || !isBadStill ? badColumns(finding, now) : {}),
  })
  const isNews = finding !== undefined && finding.sequence !== row.bad_sequence
  return { ...(isNews ? { found: finding } : {}), more: finding === undefined && last.sequence < head!.sequence }
}

const isBefore = (time: string, instant: Temporal.Instant) => Temporal.Instant.compare(time, instant) < 0

/** What the records alone do not tell: they go up to `to`, and the head of the chain is the last one or behind it. */
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
