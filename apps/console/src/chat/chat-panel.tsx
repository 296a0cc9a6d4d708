import './zod-without-eval.ts'
import { useQuery } from '@tanstack/react-query'
import { History, SquarePen } from 'lucide-react'
import { useState } from 'react'
import { api, bodyOf } from '../api/api.ts'
import { ApiProblem, describeError } from '../api/problems.ts'
import { Button } from '../components/button.tsx'
import { ChatFrame } from './chat-frame.tsx'
import { keepChatState, readChatState } from './chat-state.ts'
import { ConversationList } from './conversation-list.tsx'
import { Talk } from './talk.tsx'

/** The chat: one conversation, or the list of them. */
export const ChatPanel = () => {
  /** Changes when another conversation is opened, not when a new one gets its id. */
  const [turn, setTurn] = useState(0)
  const [isListing, list] = useState(false)
  const open = (conversation_id?: string) => {
    keepChatState({ conversation_id })
    setTurn((now) => now + 1)
    list(false)
  }
  return (
    <ChatFrame
      title={isListing ? 'Conversations' : 'Chat'}
      onClose={() => keepChatState({ isOpen: false })}
      actions={
        <>
          <Button
            look="quiet"
            isIcon
            aria-label="Conversations"
            aria-pressed={isListing}
            onClick={() => list((now) => !now)}
            className="aria-pressed:bg-accent-soft aria-pressed:text-accent"
          >
            <History size={18} aria-hidden />
          </Button>
          <Button look="quiet" isIcon aria-label="New conversation" onClick={() => open()}>
            <SquarePen size={18} aria-hidden />
          </Button>
        </>
      }
    >
      {isListing ? (
        <ConversationList
          onOpen={open}
          onDeleted={(id) => id === readChatState().conversation_id && keepChatState({ conversation_id: undefined })}
        />
      ) : (
        <Opened key={turn} onNew={() => open()} />
      )}
    </ChatFrame>
  )
}

const keepBegun = (conversation_id: string) => keepChatState({ conversation_id })

/** The open conversation, also after a reload or a look at the list. */
const Opened = ({ onNew }: { onNew: () => void }) => {
  const [id] = useState(() => readChatState().conversation_id)
  return id === undefined ? (
    <Talk stored={{ messages: [], is_running: false }} onBegun={keepBegun} />
  ) : (
    <Stored id={id} onNew={onNew} />
  )
}

/** A stored conversation, which is loaded first. */
const Stored = ({ id, onNew }: { id: string; onNew: () => void }) => {
  const { data, error, isFetchedAfterMount } = useQuery({
    queryKey: ['chat', id],
    queryFn: ({ signal }) => bodyOf(api.GET('/chat/conversations/{id}', { params: { path: { id } }, signal })),
    gcTime: 0,
    staleTime: 0,
  })
  if (data && isFetchedAfterMount) return <Talk stored={data} onBegun={keepBegun} />
  if (!error) {
    return (
      <div role="status" className="flex flex-col gap-3 p-5">
        <span className="sr-only">Reading the conversation</span>
        <div className="h-10 w-2/3 animate-pulse self-end rounded-2xl bg-sunken" />
        <div className="h-16 animate-pulse rounded-2xl bg-sunken" />
      </div>
    )
  }
  const isGone = error instanceof ApiProblem && error.status === 404
  return (
    <div className="flex flex-col items-start gap-4 p-5">
      <p role="alert">
        {isGone ? 'This conversation is gone: deleted, or forgotten with time.' : describeError(error)}
      </p>
      <Button look="primary" onClick={onNew}>
        New conversation
      </Button>
    </div>
  )
}
