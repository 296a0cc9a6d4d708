import { useMutationState } from '@tanstack/react-query'
import { CloudOff } from 'lucide-react'

/** Says that the connection is lost, and what happens to changes made meanwhile. */
export const OfflineBanner = ({ isLost }: { isLost: boolean }) => {
  const waiting = useMutationState({ filters: { status: 'pending' } }).length
  return (
    <div role="status">
      {isLost && (
        <p className="flex items-center justify-center gap-2 bg-ink px-4 py-2 text-center text-sm text-canvas">
          <CloudOff size={16} aria-hidden className="shrink-0" />
          <span>
            You are offline.{' '}
            {waiting === 0
              ? 'You can go on; changes are sent when you are back.'
              : `${waiting} ${waiting === 1 ? 'change waits' : 'changes wait'} and will be sent when you are back; keep this page open.`}
          </span>
        </p>
      )}
    </div>
  )
}
