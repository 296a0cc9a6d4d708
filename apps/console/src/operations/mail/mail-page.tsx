import { Link } from '@tanstack/react-router'
import { Mailbox } from 'lucide-react'
import { useAccount } from '../../account/use-account.ts'
import { api, bodyOf } from '../../api/api.ts'
import { ApiProblem } from '../../api/problems.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { OperationsPage } from '../operations-page.tsx'
import { Row, Table } from '../table.tsx'
import { useReadings } from '../use-readings.ts'
import { writeCount, writeInstant } from '../write.ts'

const maxShown = 200
const readMailbox = (signal: AbortSignal) =>
  bodyOf(api.GET('/admin/mailbox', { params: { query: { limit: maxShown } }, signal }))

/** Mail that was caught instead of sent. */
export const MailPage = () => {
  const { latest, error, measuredAt } = useReadings(['mailbox'], readMailbox, { every: 5_000 })
  const { time_zone: zone } = useAccount()
  const isReallySent = error instanceof ApiProblem && error.status === 404
  return (
    <OperationsPage
      title="Mail"
      about="Caught instead of sent, on machines of developers only: the links in a mail act for the person it was sent to."
      error={isReallySent ? undefined : error}
      measuredAt={measuredAt}
    >
      {isReallySent && (
        <EmptyState icon={<Mailbox size={22} />} title="Mail is not caught here">
          It goes to the mail server. Where MAILBOX_URL names a mailbox with Mailpit's interface, as{' '}
          <code>npm start</code> sets it, its mail is shown here.
        </EmptyState>
      )}
      {!isReallySent && latest?.data.length === 0 && (
        <EmptyState icon={<Mailbox size={22} />} title="No mail yet">
          A reminder that fires becomes a mail: add “Call the bank in 2 minutes remind 1 min before” to your tasks.
        </EmptyState>
      )}
      {!isReallySent && latest && latest.data.length > 0 && (
        <>
          <Table label="Mail" head={['Sent', 'To', 'Subject', 'Size']}>
            {latest.data.map(({ id, to, subject, created, size }) => (
              <Row
                key={id}
                cells={[
                  <time key="time" dateTime={created} className="whitespace-nowrap">
                    {writeInstant(created, zone)}
                  </time>,
                  <span key="to" className="wrap-anywhere">
                    {to.join(', ')}
                  </span>,
                  <Link
                    key="subject"
                    to="/operations/mail/$id"
                    params={{ id }}
                    className="font-medium text-accent underline-offset-4 wrap-anywhere hover:underline"
                  >
                    {subject || 'no subject'}
                  </Link>,
                  <span key="size" className="whitespace-nowrap">{`${writeCount(size)} bytes`}</span>,
                ]}
              />
            ))}
          </Table>
          {latest.total > latest.data.length && (
            <p className="text-sm text-muted">
              Shown are the newest {latest.data.length} of {writeCount(latest.total)}.
            </p>
          )}
        </>
      )}
    </OperationsPage>
  )
}
