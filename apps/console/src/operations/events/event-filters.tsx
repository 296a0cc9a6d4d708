import { useEffect, useState } from 'react'
import type { Mesh } from '../../api/openapi.d.ts'
import { Field } from '../../components/field.tsx'
import { useDebounced } from '../../components/use-debounced.ts'
import type { EventFilter } from './filter.ts'

const texts = [
  ['user_id', 'User'],
  ['subject', 'Task'],
  ['correlation_id', 'Correlation'],
] as const

/** The filter of the tail. All of it is kept in the address. */
export const EventFilters = ({
  filter,
  topics,
  narrow,
}: {
  filter: EventFilter
  topics: Mesh['topics']
  narrow: (change: EventFilter) => void
}) => {
  const types = topics.filter(({ name }) => !filter.topic || name === filter.topic).flatMap((topic) => topic.types)
  return (
    <search className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5">
      <Choice
        label="Topic"
        value={filter.topic}
        values={topics.map(({ name }) => name)}
        onChange={(topic) => narrow({ topic, type: undefined })}
      />
      <Choice label="Type" value={filter.type} values={[...new Set(types)]} onChange={(type) => narrow({ type })} />
      {texts.map(([name, label]) => (
        <TextFilter key={name} label={label} value={filter[name]} onChange={(value) => narrow({ [name]: value })} />
      ))}
    </search>
  )
}

export const Choice = ({
  label,
  value,
  values,
  onChange,
}: {
  label: string
  value: string | undefined
  values: string[]
  onChange: (value: string | undefined) => void
}) => (
  <Field label={label}>
    {(attributes) => (
      <select
        {...attributes}
        value={value ?? ''}
        onChange={({ target }) => onChange(target.value || undefined)}
        className="field"
      >
        <option value="">All</option>
        {(value !== undefined && !values.includes(value) ? [value, ...values] : values).map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    )}
  </Field>
)

export const TextFilter = ({
  label,
  value,
  placeholder = 'Id',
  onChange,
}: {
  label: string
  value: string | undefined
  placeholder?: string
  onChange: (value: string | undefined) => void
}) => {
  const [text, setText] = useState(value ?? '')
  const typed = useDebounced(text.trim(), 300)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed goes into the address
  useEffect(() => {
    if (typed !== (value ?? '')) onChange(typed || undefined)
  }, [typed])
  useEffect(() => setText(value ?? ''), [value])
  return (
    <Field label={label}>
      {(attributes) => (
        <input
          {...attributes}
          type="search"
          value={text}
          maxLength={200}
          placeholder={placeholder}
          onChange={({ target }) => setText(target.value)}
          className="field"
        />
      )}
    </Field>
  )
}
