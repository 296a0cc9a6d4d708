const looks: Record<string, string> = {
  ok: 'bg-accent-soft text-accent',
  done: 'bg-accent-soft text-accent',
  published: 'bg-accent-soft text-accent',
  degraded: 'bg-danger-soft text-danger',
  unreachable: 'bg-danger-soft text-danger',
  parked: 'bg-danger-soft text-danger',
  rejected: 'bg-danger-soft text-danger',
  'paused by the operator': 'bg-danger-soft text-danger',
  'paused by the service': 'bg-danger-soft text-danger',
  due: 'bg-danger-soft text-danger',
}

/** A state in one word. */
export const StateMark = ({ state }: { state: string }) => (
  <span
    className={`inline-block rounded-full px-2.5 text-xs leading-6 font-medium whitespace-nowrap ${looks[state] ?? 'bg-sunken text-muted'}`}
  >
    {state.replaceAll('_', ' ')}
  </span>
)
