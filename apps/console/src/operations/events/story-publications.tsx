import type { Story } from '../../api/openapi.d.ts'
import { Part } from '../part.tsx'
import { StateMark } from '../state-mark.tsx'
import { Row, Table } from '../table.tsx'
import { writeSpan } from '../write.ts'
import { SpanBar, spanOf } from './span-bar.tsx'

/** From the outbox to each topic. */
export const StoryPublications = ({ story }: { story: Story }) => (
  <Part title="Outbox and topics">
    {story.publications.length === 0 ? (
      <p className="text-sm text-muted">Nothing is kept of it any more: outbox times are kept for a day.</p>
    ) : (
      <Table
        label="Outbox and topics"
        head={['Outbox of', 'Topic', 'State', 'Partition', 'Offset', 'Published after', 'Span']}
      >
        {story.publications.map(({ service, topic, state, partition, offset, publishing_ms }) => (
          <Row
            key={topic}
            isBad={state === 'rejected'}
            cells={[
              service,
              topic,
              <StateMark key="state" state={state} />,
              partition ?? '–',
              offset ?? '–',
              publishing_ms === null ? '–' : writeSpan(publishing_ms),
              <SpanBar key="bar" from={0} to={publishing_ms} whole={spanOf(story)} />,
            ]}
          />
        ))}
      </Table>
    )}
  </Part>
)
