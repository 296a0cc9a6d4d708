import { useAccount } from '../../account/use-account.ts'
import type { AuditChain } from '../../api/openapi.d.ts'
import { Facts } from '../facts.tsx'
import { Trouble } from '../operations-page.tsx'
import { Part } from '../part.tsx'
import { plural, writeCount, writeInstant } from '../write.ts'

/** Whether the audit log is as it was written. */
export const ChainPart = ({ chain: { length, hash, checkpoint, verification } }: { chain: AuditChain }) => {
  const { time_zone: zone } = useAccount()
  const { first_bad, verified_to, verified_at, begun_at } = verification
  return (
    <Part
      title="The chain"
      about="Each record holds the hash of the one before, so none can be changed unnoticed. It is verified in the background; npm run audit:verify proves it."
    >
      {first_bad && (
        <Trouble>
          Record {writeCount(first_bad.sequence)} is not as it was written ({first_bad.kind}): {first_bad.detail}. Found{' '}
          {writeInstant(first_bad.found_at, zone)}; nothing after it is verified.
        </Trouble>
      )}
      <Facts
        facts={{
          State: first_bad
            ? 'Not as it was written'
            : `Verified up to record ${writeCount(verified_to)} of ${writeCount(length)}${
                verified_to < length ? `; ${plural(length - verified_to, 'record')} to go` : ', all of it'
              }`,
          'Verified at': verified_at && writeInstant(verified_at, zone),
          Restarted: begun_at && writeInstant(begun_at, zone),
          'Signed checkpoint': checkpoint
            ? `Record ${writeCount(checkpoint.sequence)}, ${writeInstant(checkpoint.time, zone)}: ${describe(checkpoint)}`
            : 'None was written yet',
          'Last hash': <code>{hash}</code>,
        }}
      />
    </Part>
  )
}

const describe = ({ is_signed, holds }: NonNullable<AuditChain['checkpoint']>): string => {
  if (!is_signed) return 'its signature is not valid'
  return holds ? 'signature valid, and the chain still has that record' : 'the chain no longer has that record'
}
