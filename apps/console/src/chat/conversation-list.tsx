import { useInfiniteQuery } from '@tanstack/react-query'
import { MessageCircle, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { useAccount } from '../account/use-account.ts'
import { api, bodyOf } from '../api/api.ts'
import type { Conversation } from '../api/openapi.d.ts'
import { describeError } from '../api/problems.ts'
import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { sayError } from '../components/toasts.tsx'
import { writeAgo } from '../time/format.ts'

/** All conversations, the one used last first. */
export const ConversationList = ({
  onOpen,
  onDeleted,
}: {
  onOpen: (id: string) => void
  onDeleted: (id: string) => void
}) => {
  const { data, error, hasNextPage, fetchNextPage, isFetching, refetch } = useInfiniteQuery({
    queryKey: ['conversations'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      bodyOf(api.GET('/chat/conversations', { params: { query: { limit: 50, cursor } }, signal })),
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
    staleTime: 0,
    gcTime: 0,
  })
  const list = useRef<HTMLUListElement>(null)
  const conversations = data?.pages.flatMap((page) => page.data)
  const remove = async (id: string) => {
    try {
      await api.DELETE('/chat/conversations/{id}', { params: { path: { id } } })
      onDeleted(id)
    } catch (problem) {
      sayError(problem)
    }
    await refetch()
    list.current?.focus()
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-3">
      {error && <p className="p-2 text-danger">{describeError(error)}</p>}
      {conversations?.length === 0 && (
        <EmptyState icon={<MessageCircle size={22} />} title="No conversations yet">
          What you say in the chat is kept here, until you delete it or it has not gone on for a month.
        </EmptyState>
      )}
      <ul ref={list} tabIndex={-1} aria-label="Conversations" className="flex flex-col gap-0.5">
        {conversations?.map((each) => (
          <Item key={each.id} conversation={each} onOpen={onOpen} onDelete={() => remove(each.id)} />
        ))}
      </ul>
      {hasNextPage && (
        <Button look="quiet" disabled={isFetching} onClick={() => void fetchNextPage()} className="mt-2 w-full">
          Older ones
        </Button>
      )}
    </div>
  )
}

const Item = ({
  conversation: { id, title, updated_at, is_running },
  onOpen,
  onDelete,
}: {
  conversation: Conversation
  onOpen: (id: string) => void
  onDelete: () => Promise<void>
}) => {
  const { time_zone, locale } = useAccount()
  const [isConfirming, setConfirming] = useState(false)
  const item = useRef<HTMLLIElement>(null)
  if (isConfirming) {
    return (
      <li ref={item} tabIndex={-1} className="rounded-xl bg-sunken p-3 text-sm">
        <p>
          Delete “<bdi>{title}</bdi>”? What was said is forgotten; what was changed stays, and can no longer be undone
          here.
        </p>
        <div className="mt-2 flex gap-2">
          <Button look="danger" autoFocus onClick={() => void onDelete()}>
            Delete
          </Button>
          <Button
            onClick={() => {
              setConfirming(false)
              item.current?.focus()
            }}
          >
            Keep
          </Button>
        </div>
      </li>
    )
  }
  return (
    <li ref={item} tabIndex={-1} className="flex items-center gap-1 rounded-xl pr-1 hover:bg-sunken">
      <button type="button" onClick={() => onOpen(id)} className="min-w-0 flex-1 rounded-xl px-3 py-2 text-left">
        <span className="block truncate">{title}</span>
        <span className="block text-xs text-muted">
          {is_running ? 'Being answered' : writeAgo(updated_at, time_zone, locale)}
        </span>
      </button>
      <Button look="quiet" isIcon aria-label={`Delete ${title}`} onClick={() => setConfirming(true)}>
        <Trash2 size={16} aria-hidden />
      </Button>
    </li>
  )
}
