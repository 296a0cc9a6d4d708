import { isToolUIPart } from 'ai'
import type { ChatMessage } from '../api/openapi.d.ts'
import { ActionCard } from './action-card.tsx'
import { CallCard } from './call-card.tsx'
import { Prose } from './prose.tsx'
import { addedIn, type SeenTask } from './tasks-in.ts'
import type { Talking } from './use-conversation.ts'

interface Properties {
  isBeingMade: boolean
  seen: ReadonlyMap<string, SeenTask>
  talking: Talking
}

/** A message of the person or the assistant, with its tool calls. */
export const MessageView = ({ message, ...rest }: Properties & { message: ChatMessage }) => {
  const isOwn = message.role === 'user'
  const added = addedIn(message)
  return (
    <li className={isOwn ? 'max-w-[85%] self-end rounded-2xl bg-accent-soft px-4 py-2' : 'flex flex-col gap-3'}>
      <span className="sr-only">{isOwn ? 'You:' : 'Answer:'}</span>
      {message.parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts are only added
        <MessagePart key={index} part={part} added={added} {...rest} />
      ))}
    </li>
  )
}

const MessagePart = ({
  part,
  isBeingMade,
  seen,
  added,
  talking,
}: Properties & { part: ChatMessage['parts'][number]; added: readonly SeenTask[] }) => {
  if (part.type === 'text') return part.text.trim() === '' ? null : <Prose text={part.text} />
  if (part.type === 'data-notice') return <p className="text-sm text-muted">{part.data.text}</p>
  if (part.type === 'data-action') {
    const action = talking.decided.get(part.data.id) ?? part.data
    return <ActionCard action={action} seen={seen} added={added} onDecide={(verb) => talking.decide(action, verb)} />
  }
  return isToolUIPart(part) ? <CallCard part={part} isBeingMade={isBeingMade} /> : null
}
