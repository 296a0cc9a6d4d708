import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, bodyOf } from '../api/api.ts'
import { ApiProblem } from '../api/problems.ts'
import { queryClient } from '../api/query-client.ts'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { Secret } from './secret.tsx'
import { Section } from './section.tsx'
import { useSave } from './use-save.ts'

/** Where reminders are posted to, and whether the receiver has proven that it wants them. */
export const WebhookSection = () => {
  const { data } = useQuery({
    queryKey: ['webhook'],
    queryFn: async ({ signal }) => {
      try {
        return await bodyOf(api.GET('/notifications/webhook', { signal }))
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 404) return null
        throw error
      }
    },
  })
  const { save, fields, isSaving } = useSave()
  const [secret, setSecret] = useState<string>()
  const again = () => void queryClient.invalidateQueries({ queryKey: ['webhook'] })
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const body = { url: String(new FormData(event.currentTarget).get('url')) }
    await save(async () => setSecret((await bodyOf(api.PUT('/notifications/webhook', { body }))).secret))
    again()
  }
  const verify = async () => {
    await save(() => api.POST('/notifications/webhook/verify'), 'Verified')
    again()
  }
  const remove = async () => {
    await save(() => api.DELETE('/notifications/webhook'), 'Removed')
    setSecret(undefined)
    again()
  }
  return (
    <Section title="Webhook" about="Posts each reminder to an address of yours, signed as Standard Webhooks says">
      <form onSubmit={submit} className="flex flex-wrap items-start gap-2">
        <Field label="Address" error={fields.url} className="min-w-0 flex-1 basis-60">
          {(attributes) => (
            <input
              {...attributes}
              key={data?.url}
              type="url"
              name="url"
              required
              maxLength={2_000}
              defaultValue={data?.url}
              placeholder="https://"
              className="field"
            />
          )}
        </Field>
        <div className="flex gap-2 pt-7">
          <Button type="submit" disabled={isSaving} className="min-h-10">
            {data ? 'Replace' : 'Register'}
          </Button>
          {data && (
            <Button look="quiet" onClick={() => void remove()} className="min-h-10">
              Remove
            </Button>
          )}
        </div>
      </form>
      {secret !== undefined && <Secret label="The secret that signs." value={secret} />}
      {data?.state === 'verified' && <p className="text-sm text-muted">Verified: reminders are posted.</p>}
      {data?.state === 'not_allowed' && (
        <p className="text-sm text-danger">Nothing is posted to this address: {data.problem}.</p>
      )}
      {data?.state === 'unverified' && (
        <div className="flex flex-wrap items-center gap-3">
          <p className="min-w-0 flex-1 basis-60 text-sm text-muted">
            Nothing is posted yet. Give your receiver the secret, have it repeat the challenge that it gets, then verify
            it.
          </p>
          <Button onClick={() => void verify()} disabled={isSaving} className="min-h-10">
            Verify
          </Button>
        </div>
      )}
    </Section>
  )
}
