import { Link, Outlet } from '@tanstack/react-router'

const places = [
  { to: '/operations', label: 'Mesh' },
  { to: '/operations/events', label: 'Events' },
  { to: '/operations/consumers', label: 'Consumers' },
  { to: '/operations/dead-letters', label: 'Dead letters' },
  { to: '/operations/mail', label: 'Mail' },
  { to: '/operations/audit', label: 'Audit' },
  { to: '/operations/schedules', label: 'Schedules' },
] as const

/** The mesh, for engineers. Only admins get here, and only then is its code loaded. */
export const OperationsLayout = () => (
  <div className="mx-auto flex w-full max-w-6xl flex-col gap-6 px-4 py-6 md:px-8 md:py-8">
    <nav aria-label="Operations">
      <ul className="flex flex-wrap gap-x-1 gap-y-1 border-b border-line pb-3">
        {places.map(({ to, label }) => (
          <li key={to}>
            <Link
              to={to}
              activeOptions={{ exact: to === '/operations', includeSearch: false }}
              className="inline-flex min-h-9 items-center rounded-lg px-3 text-sm font-medium text-muted hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
    <Outlet />
  </div>
)
