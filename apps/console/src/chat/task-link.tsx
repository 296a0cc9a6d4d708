import { Link, useLocation } from '@tanstack/react-router'
import { useMedia } from '../components/use-media.ts'
import { besideChat } from './chat-frame.tsx'
import { keepChatState } from './chat-state.ts'

/** A link to a task, which opens beside the current page if that shows tasks. A chat that covers the page closes. */
export const TaskLink = ({ id, title }: { id: string; title: string }) => {
  const { pathname } = useLocation()
  const isBeside = useMedia(besideChat)
  const to = (['/agenda', '/calendar'] as const).find((each) => each === pathname) ?? '/'
  return (
    <Link
      to={to}
      search={(now: object) => ({ ...(to === pathname ? now : {}), task: id })}
      onClick={() => isBeside || keepChatState({ isOpen: false })}
      className="font-medium text-accent underline-offset-4 [overflow-wrap:anywhere] hover:underline"
    >
      <bdi>{title}</bdi>
    </Link>
  )
}
