import { Field } from '../components/field.tsx'

/** The person's password, to confirm something. */
export const PasswordField = ({ error, className = 'field' }: { error: string | undefined; className?: string }) => (
  <Field label="Your password" error={error}>
    {(attributes) => (
      <input
        {...attributes}
        type="password"
        name="password"
        autoComplete="current-password"
        required
        className={className}
      />
    )}
  </Field>
)
