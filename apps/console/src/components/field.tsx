import { type ReactNode, useId } from 'react'

interface Properties {
  label: string
  /** Shown below the field. */
  hint?: ReactNode
  error?: string | undefined
  className?: string
  children: (attributes: {
    id: string
    'aria-invalid': boolean | undefined
    'aria-describedby': string | undefined
  }) => ReactNode
}

/** A form field with its label, hint and error. */
export const Field = ({ label, hint, error, className = '', children }: Properties) => {
  const id = useId()
  const about = error ?? hint
  return (
    <div className={`flex min-w-0 flex-col gap-1 ${className}`}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': about ? `${id}-about` : undefined,
      })}
      {about && (
        <p id={`${id}-about`} className={`text-sm ${error ? 'text-danger' : 'text-muted'}`}>
          {about}
        </p>
      )}
    </div>
  )
}
