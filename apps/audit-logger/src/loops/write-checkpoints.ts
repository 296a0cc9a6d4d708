import type { KeyObject } from 'node:crypto'
import { auditEvents, chainHead } from '@taskflow/database'
import { type BaseDeps, createLoop, type Loop } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'
import { appendCheckpoint, lastCheckpoint, signCheckpoint } from '../domain/checkpoint.ts'

/** No record waits longer for a checkpoint. */
const interval = 60_000
/** No more records than this wait for a checkpoint. */
const maxRecords = 50_000

/** Signs the end of the chain into a file outside the database, so that cutting off the tail shows too. */
export interface Checkpoints extends Loop {
  /** Call it when the chain has grown to this record. */
  recorded(sequence: number): void
}

export const writeCheckpoints = ({
  db,
  clock,
  log,
  file,
  key,
}: Pick<BaseDeps, 'db' | 'clock' | 'log'> & { file: string; key: KeyObject }): Checkpoints => {
  let signed = 0
  const loop = createLoop({
    name: 'checkpoints',
    maxWait: interval,
    onError: (error) => log.error('the end of the audit log could not be signed', { file, error }),
    step: async () => {
      const last = await lastCheckpoint(file)
      const [head] = await db.select({ sequence: chainHead.sequence, hash: chainHead.hash }).from(chainHead)
      if (!head || head.sequence === (last?.sequence ?? 0)) return interval
      if (last && !(await isInChain(last))) {
        log.error('the audit log is not what was signed: run npm run audit:verify', { sequence: last.sequence, file })
        return interval
      }
      await appendCheckpoint(file, signCheckpoint(key, { ...head, time: clock.now().toString() }))
      signed = head.sequence
      return interval
    },
  })
  /** Whether the chain still has the record that was signed last. */
  const isInChain = async ({ sequence, hash }: { sequence: number; hash: string }) => {
    const [record] = await db
      .select({ hash: auditEvents.hash })
      .from(auditEvents)
      .where(eq(auditEvents.sequence, sequence))
    return record?.hash === hash
  }
  const checkpoints: Checkpoints = {
    ...loop,
    recorded: (sequence) => {
      if (sequence - signed < maxRecords) return
      signed = sequence
      checkpoints.wake()
    },
  }
  return checkpoints
}
