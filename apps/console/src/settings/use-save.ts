import { useState } from 'react'
import { ApiProblem } from '../api/problems.ts'
import { carryOut } from '../api/query-client.ts'
import { say, sayError } from '../components/toasts.tsx'

/** Saves something and shows a message. Errors of fields are returned for the fields, others are shown as a message. */
export const useSave = () => {
  const [fields, setFields] = useState<Record<string, string>>({})
  const [isSaving, setSaving] = useState(false)
  const save = async (work: () => Promise<unknown>, message = 'Saved'): Promise<boolean> => {
    setSaving(true)
    setFields({})
    try {
      await carryOut(work)
      say(message)
      return true
    } catch (error) {
      if (error instanceof ApiProblem && Object.keys(error.fields).length > 0) setFields(error.fields)
      else sayError(error)
      return false
    } finally {
      setSaving(false)
    }
  }
  return { save, fields, isSaving }
}
