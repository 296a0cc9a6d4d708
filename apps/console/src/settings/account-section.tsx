import { type FormEvent, useState } from 'react'
import { keepUser } from '../account/session.ts'
import { useAccount } from '../account/use-account.ts'
import { api, bodyOf } from '../api/api.ts'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { Section } from './section.tsx'
import { TimeZoneField } from './time-zone-field.tsx'
import { useSave } from './use-save.ts'

/** Name, time zone and language. */
export const AccountSection = () => {
  const account = useAccount()
  const [zone, setZone] = useState(account.time_zone)
  const { save, fields, isSaving } = useSave()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const body = { name: String(given.get('name')), locale: String(given.get('locale')), time_zone: zone }
    void save(async () => keepUser(await bodyOf(api.PATCH('/auth/me', { body }))))
  }
  return (
    <Section title="You" about={account.email}>
      <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" error={fields.name}>
          {(attributes) => (
            <input
              {...attributes}
              name="name"
              required
              maxLength={200}
              autoComplete="name"
              defaultValue={account.name}
              className="field"
            />
          )}
        </Field>
        <TimeZoneField value={zone} onChange={setZone} />
        <Field label="Language" hint="Of dates and mails, like en-GB or de" error={fields.locale}>
          {(attributes) => (
            <input
              {...attributes}
              name="locale"
              required
              maxLength={35}
              defaultValue={account.locale}
              className="field"
            />
          )}
        </Field>
        <div className="flex items-end justify-end sm:col-span-2">
          <Button type="submit" look="primary" disabled={isSaving}>
            Save
          </Button>
        </div>
      </form>
    </Section>
  )
}
