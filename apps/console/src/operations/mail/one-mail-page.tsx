import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useAccount } from '../../account/use-account.ts'
import { api, bodyOf } from '../../api/api.ts'
import { CodeBlock } from '../code-block.tsx'
import { Facts } from '../facts.tsx'
import { OperationsPage } from '../operations-page.tsx'
import { Part } from '../part.tsx'
import { writeInstant } from '../write.ts'

/** A caught mail. Its HTML is shown as text: nothing of what others have written is run here, nothing is fetched. */
export const OneMailPage = () => {
  const { id } = useParams({ from: '/app/operations/mail/$id' })
  const { time_zone: zone } = useAccount()
  const { data: mail, error } = useQuery({
    queryKey: ['operations', 'mail', id],
    queryFn: ({ signal }) => bodyOf(api.GET('/admin/mailbox/{id}', { params: { path: { id } }, signal })),
  })
  return (
    <OperationsPage
      title={mail?.subject || 'A mail'}
      about={
        <Link to="/operations/mail" className="text-accent underline underline-offset-4">
          All mail
        </Link>
      }
      error={error}
    >
      {mail && (
        <>
          <Facts facts={{ From: mail.from, To: mail.to.join(', '), Sent: writeInstant(mail.date, zone) }} />
          <Part title="Text">
            {mail.text ? (
              <CodeBlock label="Text" text={mail.text} />
            ) : (
              <p className="text-sm text-muted">It has none.</p>
            )}
          </Part>
          <Part title="HTML" about="As it was sent; it is not run.">
            {mail.html ? (
              <CodeBlock label="HTML" text={mail.html} />
            ) : (
              <p className="text-sm text-muted">It has none.</p>
            )}
          </Part>
        </>
      )}
    </OperationsPage>
  )
}
