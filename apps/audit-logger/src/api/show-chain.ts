import { auditEvents, chainHead, chainVerification } from '@taskflow/database'
import { endpoint } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { isSigned, lastCheckpoint } from '../domain/checkpoint.ts'

/** For chat-api: the length of the chain, the last checkpoint (of this replica), and how far it was verified. */
export const showChain = (deps: Deps) =>
  endpoint({
    method: 'get',
    path: '/audit/chain',
    summary: 'Show the state of the chain',
    access: 'mesh',
    answers: { 200: z.unknown() },
    handle: async () => {
      const [[head], [row], checkpoint] = await Promise.all([
        deps.db.select().from(chainHead),
        deps.db.select().from(chainVerification),
        checkpointOf(deps),
      ])
      const { sequence: length, hash } = head!
      const { sequence, begun_at, verified_at, bad_sequence, bad_kind, bad_detail, bad_at } = row!
      const first_bad =
        bad_sequence === null ? null : { sequence: bad_sequence, kind: bad_kind, detail: bad_detail, found_at: bad_at }
      return {
        status: 200,
        body: { length, hash, checkpoint, verification: { verified_to: sequence, verified_at, begun_at, first_bad } },
      }
    },
  })

const checkpointOf = async ({ db, checkpointFile, publicKey }: Deps) => {
  const last = await lastCheckpoint(checkpointFile)
  if (!last) return null
  const { sequence, hash, time } = last
  const [record] = await db
    .select({ hash: auditEvents.hash })
    .from(auditEvents)
    .where(eq(auditEvents.sequence, sequence))
  return { sequence, time, is_signed: isSigned(publicKey, last), holds: record?.hash === hash }
}
