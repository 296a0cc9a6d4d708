import type { ButtonHTMLAttributes } from 'react'

const looks = {
  primary: 'bg-accent text-on-accent hover:opacity-90',
  plain: 'border border-edge bg-surface hover:bg-sunken',
  quiet: 'text-muted hover:bg-sunken hover:text-ink',
  danger: 'border border-danger text-danger hover:bg-danger-soft',
}

interface Properties extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof looks
  /** Only an icon: `aria-label` is its name. */
  isIcon?: boolean
}

const buttonStyle = (look: keyof typeof looks = 'plain', isIcon = false): string =>
  `inline-flex min-h-9 items-center justify-center gap-2 rounded-lg text-sm font-medium whitespace-nowrap transition-colors disabled:opacity-50 ${isIcon ? 'size-9 shrink-0' : 'px-3.5'} ${looks[look]}`

export const Button = ({ look, isIcon, className = '', type = 'button', ...rest }: Properties) => (
  <button type={type} className={`${buttonStyle(look, isIcon)} ${className}`} {...rest} />
)
