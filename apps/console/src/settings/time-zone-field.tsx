import { useId } from 'react'
import { Field } from '../components/field.tsx'
import { isTimeZone } from '../time/zone.ts'

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')]

/** A time zone by its IANA name, found by typing. */
export const TimeZoneField = ({
  value,
  name,
  onChange,
}: {
  value: string
  name?: string
  onChange: (zone: string) => void
}) => {
  const list = useId()
  return (
    <Field label="Time zone" error={isTimeZone(value) ? undefined : 'Choose one from the list, like Europe/Berlin'}>
      {(attributes) => (
        <>
          <input
            {...attributes}
            name={name}
            value={value}
            list={list}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => onChange(target.value)}
            className="field"
          />
          <datalist id={list}>
            {zones.map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}
