import { useQuery } from '@tanstack/react-query'
import { useAccount } from '../account/use-account.ts'
import { api, bodyOf } from '../api/api.ts'

const rows = [
  ['open_tasks', 'Open tasks', 1, ''],
  ['recurring_tasks', 'Recurring tasks', 1, ''],
  ['bytes', 'Text', 1_000_000, ' MB'],
] as const

/** How much a person stores of what they may. */
export const Usage = () => {
  const { locale } = useAccount()
  const { data } = useQuery({
    queryKey: ['usage'],
    queryFn: ({ signal }) => bodyOf(api.GET('/usage', { signal })),
  })
  if (!data) return null
  const write = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: 1 })
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
      {rows.map(([quota, name, unit, suffix]) => {
        const { used, allowed } = data[quota]
        return (
          <div key={quota} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd>
              {write(used / unit)}
              {suffix}
              {allowed !== null && ` of ${write(allowed / unit)}${suffix}`}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
