import { Hourglass } from 'lucide-react'
import type { Lag, PartitionLag } from '../../api/openapi.d.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Part } from '../part.tsx'
import { Sparkline } from '../sparkline.tsx'
import { Row, Table } from '../table.tsx'
import type { Reading } from '../use-readings.ts'
import { writeCount } from '../write.ts'

/** Each consumer group in each partition. */
export const LagPart = ({ readings }: { readings: Reading<Lag>[] }) => {
  const latest = readings.at(-1)?.value
  const groups = Map.groupBy(latest?.data ?? [], ({ group }) => group)
  const over = (wanted: (lag: PartitionLag) => boolean) =>
    readings.map(({ at, value }) => ({
      at,
      value: value.data.filter(wanted).reduce((sum, { lag }) => sum + lag, 0),
    }))
  return (
    <Part
      title="Lag"
      about="Messages that a consumer group has not acknowledged yet. It should come back to 0 by itself; one that only grows has a consumer that hangs, or is away."
    >
      {latest && groups.size === 0 && (
        <EmptyState icon={<Hourglass size={22} />} title="No group has read anything yet">
          A group appears here once its service has acknowledged its first event.
        </EmptyState>
      )}
      {[...groups].map(([group, partitions]) => (
        <details key={group} className="card px-4 py-3">
          <summary className="cursor-pointer">
            <span className="inline-flex w-[calc(100%-1.5rem)] flex-wrap items-center justify-between gap-x-6 gap-y-1 align-middle">
              <span className="font-medium">{group}</span>
              <span className="flex items-center gap-4 text-sm tabular-nums">
                {writeCount(partitions.reduce((sum, { lag }) => sum + lag, 0))} behind
                <Sparkline label={`Lag of ${group}`} points={over((lag) => lag.group === group)} />
              </span>
            </span>
          </summary>
          <div className="pt-3">
            <Table
              label={`Lag of ${group} by partition`}
              head={['Topic', 'Partition', 'Acknowledged', 'End', 'Lag', 'Over time']}
            >
              {partitions.map(({ topic, partition, committed, end, lag }) => (
                <Row
                  key={`${topic} ${partition}`}
                  cells={[
                    topic,
                    partition,
                    committed === null ? 'nothing yet' : writeCount(committed),
                    writeCount(end),
                    writeCount(lag),
                    <Sparkline
                      key="chart"
                      label={`Lag of ${group} in ${topic}, partition ${partition}`}
                      points={over(
                        (each) => each.group === group && each.topic === topic && each.partition === partition,
                      )}
                    />,
                  ]}
                />
              ))}
            </Table>
          </div>
        </details>
      ))}
    </Part>
  )
}
