import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { z } from 'zod'

const chain = z
  .object({
    length: z.int(),
    hash: z.string(),
    checkpoint: z
      .object({
        sequence: z.int(),
        time: z.string(),
        is_signed: z.boolean().meta({ description: 'whether the signature is valid' }),
        holds: z.boolean().meta({ description: 'whether the chain still has that record with that hash' }),
      })
      .nullable(),
    verification: z.object({
      verified_to: z.int(),
      verified_at: z.string().nullable(),
      begun_at: z.string().nullable(),
      first_bad: z.object({ sequence: z.int(), kind: z.string(), detail: z.string(), found_at: z.string() }).nullable(),
    }),
  })
  .meta({ id: 'AuditChain' })

/** audit-logger verifies its chain in the background; what proves it to others is `npm run audit:verify`. */
export const showChain = ({ sidecar }: Pick<BaseDeps, 'sidecar'>) =>
  endpoint({
    method: 'get',
    path: '/api/v1/admin/audit/chain',
    summary: 'Whether the audit log is as it was written: length, last checkpoint, verification',
    access: 'admin',
    isWatched: true,
    answers: { 200: chain },
    handle: async ({ origin }) => ({
      status: 200,
      body: await sidecar.invoke('audit-logger', 'audit/chain', origin),
    }),
  })
