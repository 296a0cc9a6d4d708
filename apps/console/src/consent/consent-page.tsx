import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useAccount } from '../account/use-account.ts'
import { api, bodyOf } from '../api/api.ts'
import type { Consent } from '../api/openapi.d.ts'
import { describeError } from '../api/problems.ts'
import { Button } from '../components/button.tsx'

/** An app asks for access: who it is, where it is, and what it may do. The person allows it, less of it, or nothing. */
export const ConsentPage = () => {
  const { uid } = useParams({ strict: false })
  const params = { path: { uid: uid ?? '' } }
  const { data, error } = useQuery({
    queryKey: ['consent', uid],
    queryFn: ({ signal }) => bodyOf(api.GET('/oauth/consents/{uid}', { params, signal })),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [isSending, setSending] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const decide = async (scopes: Consent['scopes']) => {
    setSending(true)
    setFailure(undefined)
    try {
      const { redirect_to } = await bodyOf(api.POST('/oauth/consents/{uid}', { params, body: { scopes } }))
      window.location.assign(redirect_to)
    } catch (problem) {
      setFailure(problem)
      setSending(false)
    }
  }
  const problem = error ?? failure
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center gap-6 px-5 py-10">
      <title>Connect an app · TaskFlow</title>
      <div className="flex items-center gap-3">
        <img src="/icon.svg" alt="" className="size-9" />
        <span className="text-xl font-semibold tracking-tight">TaskFlow</span>
      </div>
      <h1 className="text-2xl font-semibold tracking-tight break-words">
        {data ? `Connect ${data.name}?` : 'Connect an app'}
      </h1>
      {data && <Request consent={data} isSending={isSending} decide={decide} />}
      {problem !== undefined && problem !== null && (
        <p role="alert" className="text-sm text-danger">
          {describeError(problem)}
        </p>
      )}
      <p aria-live="polite" className="text-sm text-muted">
        {isSending && 'You are sent back to the app. If nothing happens, go back to it yourself.'}
      </p>
    </main>
  )
}

const Request = ({
  consent: { host, publisher, is_local, scopes, lasts_days },
  isSending,
  decide,
}: {
  consent: Consent
  isSending: boolean
  decide: (scopes: Consent['scopes']) => Promise<void>
}) => {
  const { email } = useAccount()
  const [mayWrite, setMayWrite] = useState(scopes.includes('tasks:write'))
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        void decide(mayWrite ? ['tasks:read', 'tasks:write'] : ['tasks:read'])
      }}
    >
      <dl className="card flex flex-col gap-3 p-4 text-sm">
        <Fact name="Your account">{email}</Fact>
        <Fact name="You are sent back to">
          {host}
          {is_local && ', a program on this computer'}
        </Fact>
        <Fact name="Who says so">
          {publisher === null ? 'The app itself: it may have chosen any name.' : `${publisher} vouches for the name.`}
        </Fact>
        <Fact name="For how long">Until you disconnect it, for {lasts_days} days at most</Fact>
      </dl>
      <fieldset className="flex flex-col gap-2">
        <legend className="pb-1 text-sm font-medium">It may</legend>
        <label className="flex min-h-6 items-center gap-2 text-sm">
          <input type="checkbox" checked disabled className="size-4 accent-accent" />
          read your tasks
        </label>
        {scopes.includes('tasks:write') && (
          <label className="flex min-h-6 items-center gap-2 text-sm">
            <input
              type="checkbox"
              checked={mayWrite}
              onChange={() => setMayWrite(!mayWrite)}
              className="size-4 accent-accent"
            />
            create, change and delete your tasks
          </label>
        )}
      </fieldset>
      <p className="text-sm text-muted">
        Go on only if you have just asked for this in the app. You can disconnect it in the settings at any time.
      </p>
      <div className="flex gap-3">
        <Button type="submit" look="primary" disabled={isSending} className="min-h-11 flex-1">
          Allow
        </Button>
        <Button disabled={isSending} onClick={() => void decide([])} className="min-h-11 flex-1">
          Refuse
        </Button>
      </div>
    </form>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt className="text-muted">{name}</dt>
    <dd className="font-medium break-words">{children}</dd>
  </div>
)
