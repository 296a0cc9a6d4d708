import { Switch } from '@base-ui/react/switch'
import { useId } from 'react'

/** A switch with its label. */
export const SwitchField = ({
  label,
  hint,
  isOn,
  isDisabled = false,
  onChange,
}: {
  label: string
  hint?: string
  isOn: boolean
  isDisabled?: boolean
  onChange: (on: boolean) => void
}) => {
  const id = useId()
  return (
    <div className="flex items-center justify-between gap-4">
      <div className="min-w-0">
        <p id={id} className="font-medium">
          {label}
        </p>
        {hint && <p className="text-sm text-muted">{hint}</p>}
      </div>
      <Switch.Root
        aria-labelledby={id}
        checked={isOn}
        disabled={isDisabled}
        onCheckedChange={onChange}
        className="flex h-6 w-11 shrink-0 cursor-pointer items-center rounded-full bg-edge p-0.5 transition-colors data-checked:bg-accent data-disabled:opacity-50"
      >
        <Switch.Thumb className="size-5 rounded-full bg-surface transition-transform data-checked:translate-x-5" />
      </Switch.Root>
    </div>
  )
}
