import { chainHead, chainVerification } from '@taskflow/database'
import { type BaseDeps, registerGauges } from '@taskflow/service-kit'
import { lastCheckpoint } from './domain/checkpoint.ts'

/** The state of the chain, as in `GET /audit/chain`. */
export const registerChainGauges = (
  { metrics, db }: Pick<BaseDeps, 'metrics' | 'db'>,
  checkpointFile: string,
): void => {
  registerGauges(
    metrics,
    {
      taskflow_audit_chain_position: { help: 'Sequence of the newest record' },
      taskflow_audit_chain_verified_position: { help: 'Up to which record the chain was verified in this round' },
      taskflow_audit_chain_intact: { help: '0 when a record is not as it was written' },
    },
    async () => {
      const [[head], [verification]] = await Promise.all([
        db.select().from(chainHead),
        db.select().from(chainVerification),
      ])
      return {
        taskflow_audit_chain_position: head!.sequence,
        taskflow_audit_chain_verified_position: verification!.sequence,
        taskflow_audit_chain_intact: Number(verification!.bad_sequence === null),
      }
    },
  )
  registerGauges(
    metrics,
    { taskflow_audit_checkpoint_position: { help: 'Sequence of the record that this replica has signed last' } },
    async () => ({ taskflow_audit_checkpoint_position: (await lastCheckpoint(checkpointFile))?.sequence ?? 0 }),
  )
}
