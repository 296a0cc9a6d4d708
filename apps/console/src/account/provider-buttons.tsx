import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { describeError } from '../api/problems.ts'
import { Button } from '../components/button.tsx'
import { signInAt, useProviders } from './openid.ts'

/** Signs a person in, or up, with an account that they have elsewhere. Nothing when no provider is configured. */
export const ProviderButtons = () => {
  const providers = useProviders()
  const { from } = useSearch({ strict: false })
  const [error, setError] = useState<unknown>()
  if (providers.length === 0) return null
  const sign = async (id: string) => {
    setError(undefined)
    await signInAt(id, from ?? '/').catch(setError)
  }
  return (
    <div className="flex flex-col gap-2">
      {providers.map(({ id, name }) => (
        <Button key={id} className="min-h-11" onClick={() => void sign(id)}>
          Continue with {name}
        </Button>
      ))}
      {error !== undefined && (
        <p role="alert" className="text-sm text-danger">
          {describeError(error)}
        </p>
      )}
    </div>
  )
}
