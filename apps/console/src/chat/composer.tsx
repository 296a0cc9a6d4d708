import { ArrowUp, Square } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useEffect, useRef } from 'react'
import { Button } from '../components/button.tsx'
import { fieldId } from './chat-button.tsx'

/** The field for messages. Enter sends, Shift+Enter begins a new line. */
export const Composer = ({
  text,
  setText,
  isBusy,
  onSay,
  onStop,
}: {
  text: string
  setText: (text: string) => void
  isBusy: boolean
  onSay: (text: string) => void
  onStop?: () => void
}) => {
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const canSay = !isBusy && text.trim() !== ''
  const submit = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault()
    if (!canSay) return
    setText('')
    onSay(text.trim())
    field.current?.focus()
  }
  return (
    <form onSubmit={submit} className="border-t border-line p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      <div className="flex items-end gap-1 rounded-2xl border border-edge bg-surface py-1 pr-1.5 pl-3 focus-within:border-accent focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent">
        <textarea
          ref={field}
          id={fieldId}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) submit(event)
          }}
          aria-label="Message"
          placeholder="Say what to do"
          rows={1}
          maxLength={4_000}
          enterKeyHint="send"
          className="field-sizing-content max-h-40 min-h-9 min-w-0 flex-1 resize-none bg-transparent py-1.5 outline-none"
        />
        {onStop ? (
          <Button
            key="stop"
            isIcon
            aria-label="Stop"
            onClick={() => {
              onStop()
              field.current?.focus()
            }}
          >
            <Square size={14} fill="currentColor" aria-hidden />
          </Button>
        ) : (
          <Button key="send" type="submit" look="primary" isIcon aria-label="Send" disabled={!canSay}>
            <ArrowUp size={18} aria-hidden />
          </Button>
        )}
      </div>
    </form>
  )
}
