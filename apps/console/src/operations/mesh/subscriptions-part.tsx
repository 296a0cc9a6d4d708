import { useState } from 'react'
import { useAccount } from '../../account/use-account.ts'
import { api, bodyOf } from '../../api/api.ts'
import type { Mesh } from '../../api/openapi.d.ts'
import { queryClient } from '../../api/query-client.ts'
import type { BodyOf } from '../../api/send.ts'
import { Button } from '../../components/button.tsx'
import { say, sayError } from '../../components/toasts.tsx'
import { NoteDialog } from '../note-dialog.tsx'
import { Part } from '../part.tsx'
import { StateMark } from '../state-mark.tsx'
import { Row, Table } from '../table.tsx'
import { writeInstant } from '../write.ts'

type Chosen = Pick<BodyOf<'/admin/subscriptions/pause'>, 'service' | 'topic'>

const resume = async (chosen: Chosen) => {
  try {
    await bodyOf(api.POST('/admin/subscriptions/resume', { body: { ...chosen, minutes: 10 } }))
    say(`${chosen.topic} goes on at ${chosen.service}`)
  } catch (error) {
    sayError(error)
  }
  await queryClient.invalidateQueries({ queryKey: ['operations'] })
}

/** Who handles the events of which topic, and whether that is paused. */
export const SubscriptionsPart = ({ services }: Pick<Mesh, 'services'>) => {
  const { time_zone: zone } = useAccount()
  const [pausing, setPausing] = useState<Chosen>()
  const subscriptions = Object.entries(services).flatMap(([service, state]) =>
    state.status === 'unreachable'
      ? []
      : Object.keys(state.takes).map((topic) => ({
          ...({ service, topic } as Chosen),
          pause: state.paused.find((each) => each.topic === topic),
        })),
  )
  return (
    <Part
      title="Subscriptions"
      about="A service pauses one by itself while every event fails for one reason. The events wait in Kafka, those of its other topics too."
    >
      <Table label="Subscriptions" head={['Topic', 'Service', 'State', 'Since', 'Reason', '']}>
        {subscriptions.map(({ service, topic, pause }) => (
          <Row
            key={`${service} ${topic}`}
            isBad={pause !== undefined}
            cells={[
              topic,
              <span key="service" className="whitespace-nowrap">
                {service}
              </span>,
              <StateMark key="state" state={pause ? `paused by the ${pause.paused_by}` : 'runs'} />,
              pause && (
                <time key="since" dateTime={pause.paused_at} className="whitespace-nowrap">
                  {writeInstant(pause.paused_at, zone)}
                </time>
              ),
              <span key="reason" className="wrap-anywhere">
                {pause?.reason}
              </span>,
              <Button
                key="action"
                aria-label={`${pause ? 'Resume' : 'Pause'} ${topic} at ${service}`}
                onClick={() => (pause ? void resume({ service, topic }) : setPausing({ service, topic }))}
              >
                {pause ? 'Resume' : 'Pause'}
              </Button>,
            ]}
          />
        ))}
      </Table>
      {pausing && (
        <NoteDialog
          title={`Pause ${pausing.topic} at ${pausing.service}?`}
          description="Nothing of it is handled until it is resumed. Its events wait in Kafka, for seven days."
          action="Pause"
          send={async (note) => {
            await bodyOf(api.POST('/admin/subscriptions/pause', { body: { ...pausing, note } }))
            say(`${pausing.topic} is paused at ${pausing.service}`)
            await queryClient.invalidateQueries({ queryKey: ['operations'] })
          }}
          onClose={() => setPausing(undefined)}
        />
      )}
    </Part>
  )
}
