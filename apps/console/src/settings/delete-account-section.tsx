import { type FormEvent, useState } from 'react'
import { useOwnAccount } from '../account/own-account.ts'
import { forgetSession } from '../account/session.ts'
import { api } from '../api/api.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { PasswordField } from './password-field.tsx'
import { Section } from './section.tsx'
import { useSave } from './use-save.ts'

export const DeleteAccountSection = () => {
  const [isConfirming, setConfirming] = useState(false)
  const hasPassword = useOwnAccount()?.has_password !== false
  const { save, fields, isSaving } = useSave()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const body = hasPassword ? { password: String(given.get('password')) } : {}
    if (await save(() => api.DELETE('/auth/me', { body }), 'Your account is deleted')) forgetSession()
  }
  return (
    <Section title="Delete the account" about="With all tasks, reminders and settings, everywhere, for good">
      <div>
        <Button look="danger" onClick={() => setConfirming(true)}>
          Delete my account
        </Button>
      </div>
      {isConfirming && (
        <Dialog
          title="Delete your account?"
          description="Nothing of it can be brought back. Export your data before, if you may want it."
          onClose={() => setConfirming(false)}
        >
          <form onSubmit={submit} className="flex flex-col gap-4 pt-2">
            {hasPassword && <PasswordField error={fields.password} />}
            <Button type="submit" look="danger" disabled={isSaving}>
              Delete for good
            </Button>
          </form>
        </Dialog>
      )}
    </Section>
  )
}
