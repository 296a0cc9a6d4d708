import type { Mesh } from '../../api/openapi.d.ts'
import { Part } from '../part.tsx'
import { Row, Table } from '../table.tsx'
import type { Reading } from '../use-readings.ts'
import { writeCount, writeRate } from '../write.ts'
import { flowsOf } from './flow.ts'
import { FlowDiagram } from './flow-diagram.tsx'

/** What flows, as a picture and as a table. */
export const FlowPart = ({ mesh, readings }: { mesh: Mesh; readings: Reading<Mesh>[] }) => {
  const flows = flowsOf(readings)
  return (
    <Part
      title="Flow"
      about="Events a second over the last ten seconds: services that publish, topics, services that take. A service appears on the left once it has published."
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard */}
      <section aria-label="Diagram of the flow" tabIndex={0} className="card overflow-x-auto p-4">
        <FlowDiagram
          topics={mesh.topics.map(({ name }) => name)}
          services={Object.keys(mesh.services)}
          away={mesh.unreachable}
          flows={flows}
        />
      </section>
      <details>
        <summary className="w-fit cursor-pointer text-sm font-medium text-accent">The flow as a table</summary>
        <div className="pt-3">
          <Table
            label="Flow"
            head={['Service', 'Direction', 'Topic', 'Events a second', 'Since its start', 'Not simply done']}
          >
            {flows.map(({ service, direction, topic, rate, count, others }) => (
              <Row
                key={`${service} ${direction} ${topic}`}
                cells={[
                  service,
                  direction,
                  topic,
                  rate === null ? 'measuring' : writeRate(rate),
                  writeCount(count),
                  others.map(({ outcome, count }) => `${writeCount(count)} ${outcome}`).join(', '),
                ]}
              />
            ))}
          </Table>
        </div>
      </details>
    </Part>
  )
}
