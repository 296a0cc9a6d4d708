import { ArrowDown } from 'lucide-react'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ChatMessage } from '../api/openapi.d.ts'
import { describeError } from '../api/problems.ts'
import { Button } from '../components/button.tsx'
import { keepAnswerer } from './answerer.ts'
import { fieldId } from './chat-button.tsx'
import { ChatEmpty } from './chat-empty.tsx'
import { Composer } from './composer.tsx'
import { MessageView } from './message-view.tsx'
import { spokenOf } from './spoken-of.ts'
import { tasksIn } from './tasks-in.ts'
import { useConversation } from './use-conversation.ts'

/** How near to the end counts as being at the end. */
const near = 48

/** One conversation: what was said, and the field to say more. */
export const Talk = ({
  stored,
  onBegun,
}: {
  stored: { id?: string; messages: ChatMessage[]; is_running: boolean }
  onBegun: (id: string) => void
}) => {
  const talking = useConversation(stored, onBegun)
  const { messages, isBusy, isStreaming, problem, say, sayAgain, stop } = talking
  const [line, setLine] = useState('')
  const [isAtEnd, setAtEnd] = useState(true)
  const [hasStopped, setStopped] = useState(false)
  const scrolled = useRef<HTMLDivElement>(null)
  const seen = useMemo(() => tasksIn(messages), [messages])
  const last = messages.at(-1)

  const toEnd = () => scrolled.current?.scrollTo(0, scrolled.current.scrollHeight)
  // Follow the end of the conversation unless the person has scrolled up.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever something is added
  useLayoutEffect(() => {
    if (isAtEnd) toEnd()
  }, [messages, isBusy, problem, isAtEnd])

  useEffect(() => {
    if (last?.metadata?.answered_by) keepAnswerer(last.metadata.answered_by)
  }, [last?.metadata?.answered_by])

  // A screen reader reads an answer once, when it is complete.
  const [spoken, setSpoken] = useState('')
  const wasBusy = useRef(false)
  useEffect(() => {
    if (isBusy) setSpoken('')
    else if (wasBusy.current) {
      setSpoken(last?.role === 'assistant' ? spokenOf(last) : '')
      setStopped(false)
    }
    wasBusy.current = isBusy
  }, [isBusy, last])

  return (
    <>
      <div className="relative flex min-h-0 flex-1 flex-col">
        <section
          ref={scrolled}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is in reach of the keyboard
          tabIndex={0}
          aria-label="What was said"
          onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
            setAtEnd(scrollHeight - scrollTop - clientHeight < near)
          }
          className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-4 -outline-offset-2"
        >
          {messages.length === 0 && (
            <ChatEmpty
              onExample={(example) => {
                setLine(example)
                focusField()
              }}
            />
          )}
          <ol className="flex flex-col gap-5">
            {messages.map((message) => (
              <MessageView
                key={message.id}
                message={message}
                isBeingMade={isBusy && message === last}
                seen={seen}
                talking={talking}
              />
            ))}
          </ol>
          {isBusy && (
            <p className="mt-4 flex items-center gap-2 text-sm text-muted">
              <span aria-hidden className="size-2 animate-pulse rounded-full bg-accent" />
              {hasStopped ? 'Stopped. What was begun is ended first, and shown then.' : 'Working on it'}
            </p>
          )}
          {problem !== undefined && !isBusy && (
            <div role="alert" className="mt-4 flex flex-col items-start gap-2 rounded-xl bg-danger-soft p-3 text-sm">
              <p className="text-danger">{describeError(problem)}</p>
              <Button
                onClick={() => {
                  sayAgain()
                  focusField()
                }}
              >
                Try again
              </Button>
            </div>
          )}
        </section>
        {!isAtEnd && (
          <Button
            aria-label="Go to the end"
            isIcon
            onClick={() => {
              toEnd()
              scrolled.current?.focus()
            }}
            className="absolute bottom-3 left-1/2 -translate-x-1/2 shadow-md"
          >
            <ArrowDown size={18} aria-hidden />
          </Button>
        )}
      </div>
      <p role="status" className="sr-only">
        {spoken}
      </p>
      <Composer
        text={line}
        setText={setLine}
        isBusy={isBusy}
        onSay={(text) => {
          setAtEnd(true)
          say(text)
        }}
        {...(isStreaming
          ? {
              onStop: () => {
                setStopped(true)
                stop()
              },
            }
          : {})}
      />
    </>
  )
}

const focusField = () => document.getElementById(fieldId)?.focus()
