import { OperationsPage } from '../operations-page.tsx'
import type { LagReading, OutboxReading } from '../types.ts'
import { useReadings } from '../use-readings.ts'
import { LagPart } from './lag-part.tsx'
import { OutboxPart } from './outbox-part.tsx'

/** Ten minutes. */
const charted = 150

/** How far consumers are behind, and what waits to be published, over the time that the page is open. */
export const ConsumersPage = () => {
  const lag = useReadings<LagReading>('/admin/lag', { every: 4_000, keep: charted })
  const outbox = useReadings<OutboxReading>('/admin/outbox', { every: 4_000, keep: charted })
  return (
    <OperationsPage
      title="Consumers"
      about="Charts begin when this page is opened. They reach back ten minutes, and rest while it cannot be seen."
      error={lag.error ?? outbox.error}
      measuredAt={Math.min(lag.measuredAt || outbox.measuredAt, outbox.measuredAt || lag.measuredAt)}
      unreachable={outbox.latest?.unreachable ?? []}
    >
      <OutboxPart readings={outbox.readings} />
      <LagPart readings={lag.readings} />
    </OperationsPage>
  )
}
