import { Field } from '../../components/field.tsx'
import { TextFilter } from '../events/event-filters.tsx'
import type { AuditFilter } from './audit-filter.ts'

const texts = [
  ['user_id', 'User', 'All'],
  ['task_id', 'Task', 'Id'],
  ['type', 'Type', 'task.completed'],
  ['correlation_id', 'Correlation', 'Id'],
] as const
const times = [
  ['from', 'From'],
  ['to', 'Before'],
] as const

export const AuditFilters = ({ filter, narrow }: { filter: AuditFilter; narrow: (change: AuditFilter) => void }) => (
  <search className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
    {texts.map(([name, label, placeholder]) => (
      <TextFilter
        key={name}
        label={label}
        placeholder={placeholder}
        value={filter[name]}
        onChange={(value) => narrow({ [name]: value })}
      />
    ))}
    {times.map(([name, label]) => (
      <Field key={name} label={label}>
        {(attributes) => (
          <input
            {...attributes}
            type="datetime-local"
            value={filter[name] ?? ''}
            onChange={({ target }) => narrow({ [name]: target.value || undefined })}
            className="field"
          />
        )}
      </Field>
    ))}
  </search>
)
