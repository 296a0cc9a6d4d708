import type { ComponentProps } from 'react'
import { Field } from '../components/field.tsx'

/** Chooses the priority of a task. */
export const PriorityField = (select: ComponentProps<'select'>) => (
  <Field label="Priority">
    {(attributes) => (
      <select {...attributes} {...select} className="field">
        <option value="high">High</option>
        <option value="medium">Medium</option>
        <option value="low">Low</option>
      </select>
    )}
  </Field>
)
