import { Link } from '@tanstack/react-router'
import { Activity, CalendarDays, CircleCheckBig, ListTodo, Repeat, Settings } from 'lucide-react'
import { useAccount } from '../account/use-account.ts'
import { ChatButton } from '../chat/chat-button.tsx'

const places = [
  { to: '/', label: 'Tasks', Icon: CircleCheckBig },
  { to: '/agenda', label: 'Agenda', Icon: ListTodo },
  { to: '/calendar', label: 'Calendar', Icon: CalendarDays },
  { to: '/recurring', label: 'Recurring', Icon: Repeat },
  { to: '/settings', label: 'Settings', Icon: Settings },
] as const
const operations = { to: '/operations', label: 'Operations', Icon: Activity } as const

const place =
  'flex items-center gap-3 rounded-lg font-medium text-muted hover:bg-sunken hover:text-ink aria-[current=page]:text-accent max-md:flex-col max-md:gap-0.5 max-md:px-0.5 max-md:py-2 max-md:text-[0.6875rem] max-md:leading-4 md:min-h-9 md:px-3 md:text-sm md:aria-[current=page]:bg-accent-soft'

/** The navigation: beside the page, and below it on a small screen. */
export const Navigation = () => {
  const { role } = useAccount()
  const own = role === 'admin' ? [...places, operations] : places
  return (
    <nav aria-label="Main" className="max-md:order-last max-md:border-t max-md:border-line max-md:bg-surface">
      <ul className="flex justify-around max-md:pb-[env(safe-area-inset-bottom)] md:flex-col md:gap-0.5">
        {own.map(({ to, label, Icon }) => (
          <li key={to} className="min-w-0 flex-1">
            <Link to={to} activeOptions={{ exact: to === '/', includeSearch: false }} className={place}>
              <Icon size={18} aria-hidden className="shrink-0" />
              <span className="max-w-full truncate">{label}</span>
            </Link>
          </li>
        ))}
        <li className="min-w-0 flex-1">
          <ChatButton className={place} />
        </li>
      </ul>
    </nav>
  )
}
