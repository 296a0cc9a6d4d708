import { api, bodyOf } from '../../api/api.ts'
import { OperationsPage } from '../operations-page.tsx'
import { useReadings } from '../use-readings.ts'
import { LagPart } from './lag-part.tsx'
import { OutboxPart } from './outbox-part.tsx'

/** Ten minutes. */
const charted = 150

const readLag = (signal: AbortSignal) => bodyOf(api.GET('/admin/lag', { signal }))
const readOutbox = (signal: AbortSignal) => bodyOf(api.GET('/admin/outbox', { signal }))

/** How far consumers are behind, and what waits to be published, over the time that the page is open. */
export const ConsumersPage = () => {
  const lag = useReadings(['lag'], readLag, { every: 4_000, keep: charted })
  const outbox = useReadings(['outbox'], readOutbox, { every: 4_000, keep: charted })
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
