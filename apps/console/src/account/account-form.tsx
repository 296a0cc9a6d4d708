import { useRouter, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { ApiProblem, describeError } from '../api/problems.ts'
import { bodyOf, send } from '../api/send.ts'
import type { SignedIn } from '../api/types.ts'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { keepSignedIn } from './session.ts'

interface Input {
  name: 'name' | 'email' | 'password'
  label: string
  type: 'text' | 'email' | 'password'
  autoComplete: string
  hint?: string
}

/** A form whose answer signs a person in. What is wrong is said at its field, or above the button. */
export const AccountForm = ({
  path,
  inputs,
  more,
  submit,
}: {
  path: string
  inputs: Input[]
  more?: () => Record<string, string>
  submit: string
}) => {
  const { history } = useRouter()
  const { from } = useSearch({ strict: false })
  const [error, setError] = useState<unknown>()
  const [isSending, setSending] = useState(false)

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = Object.fromEntries(new FormData(event.currentTarget))
    setSending(true)
    setError(undefined)
    try {
      keepSignedIn(await bodyOf<SignedIn>(await send('POST', path, { body: { ...given, ...more?.() } })))
      history.replace(from ?? '/')
    } catch (problem) {
      setError(problem)
      setSending(false)
    }
  }

  const fields = error instanceof ApiProblem ? error.fields : {}
  const isNamed = inputs.some(({ name }) => name in fields)
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      {inputs.map(({ name, label, hint, ...input }) => (
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
