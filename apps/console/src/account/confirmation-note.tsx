import { MailWarning } from 'lucide-react'
import { useState } from 'react'
import { api } from '../api/api.ts'
import { Button } from '../components/button.tsx'
import { say, sayError } from '../components/toasts.tsx'
import { useOwnAccount } from './own-account.ts'

/** Above the page, until the address is confirmed. */
export const ConfirmationBanner = () => {
  const account = useOwnAccount()
  return (
    <div role="status">
      {account?.email_confirmed === false && (
        <p className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1 border-b border-line bg-accent-soft px-4 py-2 text-sm">
          <MailWarning size={16} aria-hidden className="shrink-0" />
          <span>
            Confirm your e-mail address: follow the link that we mailed to{' '}
            <span className="font-medium break-all">{account.email}</span>. Until then, reminders by mail are held.
          </span>
          <SendAgain label="Mail it again" email={account.email} />
        </p>
      )}
    </div>
  )
}

/** In the settings, when somebody unsubscribed the address: only a mail to it ends that. */
export const UnsubscribedNote = () => {
  const account = useOwnAccount()
  if (!account?.email_suppressed) return null
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg bg-sunken p-3 text-sm">
      <span className="min-w-0 flex-1 basis-56">
        <span className="font-medium break-all">{account.email}</span> was unsubscribed. To have reminders again,
        confirm it by a mail.
      </span>
      <SendAgain label="Mail me a link" email={account.email} />
    </p>
  )
}

const SendAgain = ({ label, email }: { label: string; email: string }) => {
  const [isSending, setSending] = useState(false)
  const send = async () => {
    setSending(true)
    try {
      await api.POST('/auth/resend-confirmation', { body: {} })
      say(`A link was mailed to ${email}`)
    } catch (error) {
      sayError(error)
    } finally {
      setSending(false)
    }
  }
  return (
    <Button onClick={() => void send()} disabled={isSending}>
      {label}
    </Button>
  )
}
