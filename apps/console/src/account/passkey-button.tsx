import { useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { describeError } from '../api/problems.ts'
import { Button } from '../components/button.tsx'
import { hasPasskeys, signInWithPasskey } from './passkey.ts'
import { keepSignedIn } from './session.ts'

/** Signs a person in without a form. */
export const PasskeyButton = () => {
  const { history } = useRouter()
  const { from } = useSearch({ strict: false })
  const [error, setError] = useState<unknown>()
  const [isSending, setSending] = useState(false)
  if (!hasPasskeys()) return null
  const sign = async () => {
    setSending(true)
    setError(undefined)
    try {
      keepSignedIn(await signInWithPasskey())
      history.replace(from ?? '/')
    } catch (problem) {
      setError(problem)
      setSending(false)
    }
  }
  return (
    <div className="flex flex-col gap-2">
      <Button className="min-h-11" disabled={isSending} onClick={() => void sign()}>
        Use a passkey
      </Button>
      {error !== undefined && (
        <p role="alert" className="text-sm text-danger">
          {describeError(error)}
        </p>
      )}
    </div>
  )
}
