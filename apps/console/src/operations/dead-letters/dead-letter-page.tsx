import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useAccount } from '../../account/use-account.ts'
import { api, bodyOf } from '../../api/api.ts'
import { ApiProblem } from '../../api/problems.ts'
import { Button } from '../../components/button.tsx'
import { CodeBlock, inLines } from '../code-block.tsx'
import { Facts } from '../facts.tsx'
import { NoteDialog } from '../note-dialog.tsx'
import { OperationsPage } from '../operations-page.tsx'
import { Part } from '../part.tsx'
import { StateMark } from '../state-mark.tsx'
import { Row, Table } from '../table.tsx'
import { writeInstant } from '../write.ts'
import { ConfirmRedrive } from './confirm-redrive.tsx'
import { discard } from './settle.ts'

/** One event that a service could not handle: what it is, what is wrong with it, and what can be done. */
export const DeadLetterPage = () => {
  const { id } = useParams({ from: '/app/operations/dead-letters/$id' })
  const navigate = useNavigate()
  const { time_zone: zone } = useAccount()
  const [dialog, setDialog] = useState<'redrive' | 'discard'>()
  const { data, error, dataUpdatedAt } = useQuery({
    queryKey: ['operations', 'dead-letter', id],
    queryFn: ({ signal }) => bodyOf(api.GET('/admin/dead-letters/{id}', { params: { path: { id } }, signal })),
    staleTime: 0,
    retry: false,
    // Each request is recorded in the audit log, so it is read again only when its state is about to change.
    refetchInterval: ({ state: { data } }) =>
      data?.state === 'deferred' && data.next_attempt_at
        ? Math.max(1_000, Date.parse(data.next_attempt_at) - Date.now() + 1_000)
        : false,
  })
  const toList = () => void navigate({ to: '/operations/dead-letters' })
  const isGone = error instanceof ApiProblem && error.status === 404
  const letter = isGone ? undefined : data
  return (
    <OperationsPage
      title={letter?.type ?? 'A dead letter'}
      about={
        <Link to="/operations/dead-letters" className="text-accent underline underline-offset-4">
          All dead letters
        </Link>
      }
      error={isGone ? undefined : error}
      measuredAt={dataUpdatedAt}
      actions={
        letter && (
          <>
            {letter.state === 'parked' && (
              <Button look="primary" onClick={() => setDialog('redrive')}>
                Redrive
              </Button>
            )}
            <Button look="danger" onClick={() => setDialog('discard')}>
              Discard
            </Button>
          </>
        )
      }
    >
      {isGone && <p>It is no longer held: it was handled meanwhile, or discarded.</p>}
      {letter && (
        <>
          <Facts
            facts={{
              State: <StateMark state={letter.state} />,
              Reason: letter.reason,
              'Held by': letter.service,
              Attempts: letter.attempts,
              'Next attempt': letter.next_attempt_at && writeInstant(letter.next_attempt_at, zone),
              Received: writeInstant(letter.received_at, zone),
              From: `${letter.topic}, partition ${letter.partition}, offset ${letter.offset}`,
              Key: <code>{letter.key}</code>,
              User: letter.user_id,
              Event: (
                <Link
                  to="/operations/events/$id"
                  params={{ id: letter.event_id }}
                  className="text-accent underline underline-offset-4"
                >
                  {letter.event_id}
                </Link>
              ),
            }}
          />
          <Part title="What differs from the current schema">
            {letter.problems.length === 0 ? (
              <p className="text-sm text-muted">
                Nothing: it can be read, and its handler failed for the reason above.
              </p>
            ) : (
              <Table label="What differs from the current schema" head={['Where', 'What']}>
                {letter.problems.map(({ path, message }) => (
                  <Row key={`${path} ${message}`} cells={[<code key="path">{path || 'the whole'}</code>, message]} />
                ))}
              </Table>
            )}
            {letter.nearest_type && (
              <p className="text-sm">
                Perhaps <code>{letter.nearest_type}</code> was meant.
              </p>
            )}
          </Part>
          <Part title="Content" about={letter.body === null ? 'It is not UTF-8; shown in Base64.' : undefined}>
            <CodeBlock label="Content" text={letter.body === null ? letter.body_base64 : inLines(letter.body)} />
          </Part>
          <Part title="Headers">
            <CodeBlock label="Headers" text={JSON.stringify(letter.headers, null, 2)} />
          </Part>
        </>
      )}
      {dialog === 'redrive' && (
        <ConfirmRedrive ids={[id]} onClose={() => setDialog(undefined)} onDone={() => setDialog(undefined)} />
      )}
      {dialog === 'discard' && (
        <NoteDialog
          title="Discard the event?"
          description="Its consumer never handles it, and its content goes for good. The note stays, with who wrote it."
          action="Discard for good"
          look="danger"
          send={async (note) => {
            await discard(id, note)
            toList()
          }}
          onClose={() => setDialog(undefined)}
        />
      )}
    </OperationsPage>
  )
}
