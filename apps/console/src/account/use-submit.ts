import { type FormEvent, useState } from 'react'
import { ApiProblem, describeError } from '../api/problems.ts'

/** Sends a form of a page for guests. Errors belong to their fields, or are one message above the button. */
export const useSubmit = (fieldNames: string[], send: (given: FormData) => Promise<void>) => {
  const [error, setError] = useState<unknown>()
  const [isSending, setSending] = useState(false)
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setSending(true)
    setError(undefined)
    try {
      await send(new FormData(event.currentTarget))
    } catch (problem) {
      setError(problem)
    } finally {
      setSending(false)
    }
  }
  const fields = error instanceof ApiProblem ? error.fields : {}
  const isShownAtField = fieldNames.some((name) => name in fields)
  return {
    onSubmit,
    isSending,
    fields,
    message: error === undefined || isShownAtField ? undefined : describeError(error),
  }
}
