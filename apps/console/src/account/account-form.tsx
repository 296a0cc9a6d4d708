import { useRouter, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { SignedIn } from '../api/openapi.d.ts'
import { ApiProblem, describeError } from '../api/problems.ts'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { keepSignedIn } from './session.ts'

type Name = 'name' | 'email' | 'password' | 'code'

interface Input {
  name: Name
  label: string
  type: 'text' | 'email' | 'password'
  autoComplete: string
  hint?: string
  /** Shown once the API asks for it. */
  isOnRequest?: boolean
}

/** A form that signs a person in. Errors are shown at their fields, or above the button. */
export const AccountForm = ({
  inputs,
  sign,
  submit,
  goTo,
}: {
  inputs: Input[]
  sign: (given: Record<Name, string>) => Promise<SignedIn>
  submit: string
  /** By default where the address says. */
  goTo?: string
}) => {
  const { history } = useRouter()
  const { from } = useSearch({ strict: false })
  const [error, setError] = useState<unknown>()
  const [isSending, setSending] = useState(false)
  const [requested, setRequested] = useState<string[]>([])

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const given = (name: Name) => String(form.get(name) ?? '')
    setSending(true)
    setError(undefined)
    try {
      const all = { name: given('name'), email: given('email'), password: given('password'), code: given('code') }
      keepSignedIn(await sign(all))
      history.replace(goTo ?? from ?? '/')
    } catch (problem) {
      setError(problem)
      if (problem instanceof ApiProblem) setRequested((before) => [...before, ...Object.keys(problem.fields)])
      setSending(false)
    }
  }

  const shown = inputs.filter(({ name, isOnRequest }) => !isOnRequest || requested.includes(name))
  const fields = error instanceof ApiProblem ? error.fields : {}
  const isNamed = inputs.some(({ name }) => name in fields)
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      {shown.map(({ name, label, hint, isOnRequest: _, ...input }) => (
        <Field key={name} label={label} hint={hint} error={fields[name]}>
          {(attributes) => <input {...attributes} {...input} name={name} required className="field min-h-11" />}
        </Field>
      ))}
      {error !== undefined && !isNamed && (
        <p role="alert" className="text-sm text-danger">
          {describeError(error)}
        </p>
      )}
      <Button type="submit" look="primary" disabled={isSending} className="min-h-11">
        {submit}
      </Button>
    </form>
  )
}
