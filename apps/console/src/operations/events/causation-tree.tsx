import { Link } from '@tanstack/react-router'
import { useAccount } from '../../account/use-account.ts'
import type { StoryCause } from '../../api/openapi.d.ts'
import { writeExactly } from '../write.ts'

/** An event with what it caused, and so on. */
export const CausationTree = ({ node, current }: { node: StoryCause; current: string }) => (
  <ul className="text-sm">
    <CauseItem node={node} current={current} />
  </ul>
)

const CauseItem = ({ node, current }: { node: StoryCause; current: string }) => {
  const { time_zone: zone } = useAccount()
  const isCurrent = node.event_id === current
  return (
    <li className="py-0.5">
      <span className="flex flex-wrap items-baseline gap-x-3">
        {isCurrent ? (
          <strong aria-current="true">{node.type}</strong>
        ) : (
          <Link
            to="/operations/events/$id"
            params={{ id: node.event_id }}
            className="font-medium text-accent underline underline-offset-4"
          >
            {node.type}
          </Link>
        )}
        <span className="text-muted tabular-nums">
          {node.source.replace('/taskflow/', '')}, {writeExactly(node.time, zone)}
          {isCurrent && ', this one'}
        </span>
      </span>
      {node.caused.length > 0 && (
        <ul className="mt-0.5 ml-1 border-l border-line pl-4">
          {node.caused.map((each) => (
            <CauseItem key={each.event_id} node={each} current={current} />
          ))}
        </ul>
      )}
    </li>
  )
}
