import { Check as Mark } from 'lucide-react'

/** A round box to tick off. */
export const Check = ({
  label,
  isChecked,
  isSquare = false,
  onChange,
}: {
  label: string
  isChecked: boolean
  isSquare?: boolean
  onChange: () => void
}) => (
  <span className="relative grid size-6 shrink-0 place-items-center">
    <input
      type="checkbox"
      aria-label={label}
      checked={isChecked}
      onChange={onChange}
      className={`peer size-5 cursor-pointer appearance-none border-[1.5px] border-edge bg-surface transition-colors after:absolute after:-inset-1 checked:border-accent checked:bg-accent hover:border-accent ${isSquare ? 'rounded-md' : 'rounded-full'}`}
    />
    <Mark
      size={14}
      strokeWidth={3}
      aria-hidden
      className="pointer-events-none absolute text-on-accent opacity-0 transition-opacity peer-checked:opacity-100"
    />
  </span>
)
