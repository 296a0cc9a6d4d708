import { useQuery } from '@tanstack/react-query'
import { type FormEvent, lazy, Suspense, useState } from 'react'
import { api, bodyOf } from '../api/api.ts'
import { queryClient } from '../api/query-client.ts'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { Secret } from './secret.tsx'
import { Section } from './section.tsx'
import { useSave } from './use-save.ts'

const QrCode = lazy(async () => ({ default: (await import('./qr-code.tsx')).QrCode }))

const queryKey = ['second-factor']
const path = '/auth/second-factor'

/** A form with one field, for a password or a code. */
const AskFor = (props: {
  label: string
  name: 'password' | 'code'
  error: string | undefined
  submit: string
  isSaving: boolean
  onSubmit: (given: string) => void
}) => {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    props.onSubmit(String(new FormData(event.currentTarget).get(props.name)).trim())
  }
  const input =
    props.name === 'code'
      ? ({ inputMode: 'text', autoComplete: 'one-time-code', maxLength: 20 } as const)
      : ({ type: 'password', autoComplete: 'current-password' } as const)
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
      <Field label={props.label} error={props.error}>
        {(attributes) => <input {...attributes} {...input} name={props.name} required className="field max-w-56" />}
      </Field>
      <Button type="submit" disabled={props.isSaving}>
        {props.submit}
      </Button>
    </form>
  )
}

/** An authenticator app that sign-in asks for. */
export const SecondFactorSection = () => {
  const { data } = useQuery({ queryKey, queryFn: ({ signal }) => bodyOf(api.GET(path, { signal })) })
  const { save, fields, isSaving } = useSave()
  const [begun, setBegun] = useState<{ secret: string; uri: string }>()
  const [codes, setCodes] = useState<string[]>()
  const [wish, setWish] = useState<'remove' | 'codes'>()
  const again = () => void queryClient.invalidateQueries({ queryKey })

  const begin = (password?: string) =>
    save(
      async () => setBegun(await bodyOf(api.POST(path, { body: password === undefined ? {} : { password } }))),
      'Now confirm it with a code',
    )
  const confirm = async (code: string) => {
    const work = async () => setCodes((await bodyOf(api.POST(`${path}/confirm`, { body: { code } }))).recovery_codes)
    if (await save(work, 'Sign-in asks for a code from now on')) setBegun(undefined)
    again()
  }
  const remove = async (code: string) => {
    if (await save(() => api.DELETE(path, { body: { code } }), 'Removed')) {
      setWish(undefined)
      setCodes(undefined)
    }
    again()
  }
  const replace = async (code: string) => {
    const work = async () =>
      setCodes((await bodyOf(api.POST(`${path}/recovery-codes`, { body: { code } }))).recovery_codes)
    if (await save(work, 'The codes before stop working')) setWish(undefined)
    again()
  }

  const common = { isSaving, error: fields.code }
  return (
    <Section title="Authenticator app" about="Sign-in then asks for a code of your phone, besides the password">
      {codes && <Secret label="Recovery codes: each signs you in once, without the app." value={codes.join(' ')} />}
      {data?.is_on === false && !begun && (
        <div className="flex flex-col gap-3">
          <div>
            <Button disabled={isSaving} onClick={() => void begin()}>
              Set up an app
            </Button>
          </div>
          {fields.password !== undefined && (
            <AskFor
              label="Your password"
              name="password"
              submit="Continue"
              isSaving={isSaving}
              error={fields.password}
              onSubmit={(password) => void begin(password)}
            />
          )}
        </div>
      )}
      {begun && (
        <div className="flex flex-col gap-3">
          <p className="text-sm">Scan this with the app, or type the secret into it.</p>
          <Suspense fallback={<div className="size-44" />}>
            <QrCode text={begun.uri} label="QR code for the authenticator app" />
          </Suspense>
          <code className="text-sm wrap-anywhere">{begun.secret}</code>
          <AskFor
            {...common}
            label="Code of the app"
            name="code"
            submit="Confirm"
            onSubmit={(code) => void confirm(code)}
          />
        </div>
      )}
      {data?.is_on && (
        <>
          <p className="text-sm text-muted">It is on. Recovery codes left: {data.recovery_codes_left}.</p>
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setWish('codes')}>New recovery codes</Button>
            <Button look="quiet" onClick={() => setWish('remove')}>
              Remove the app
            </Button>
          </div>
          {wish && (
            <AskFor
              {...common}
              label="Code of the app, or a recovery code"
              name="code"
              submit={wish === 'remove' ? 'Remove' : 'Make new codes'}
              onSubmit={(code) => void (wish === 'remove' ? remove : replace)(code)}
            />
          )}
        </>
      )}
    </Section>
  )
}
