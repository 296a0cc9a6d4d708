import type { ChatMessage } from '../api/openapi.d.ts'

/** An answer as a screen reader reads it: its text, and actions that wait for confirmation. */
export const spokenOf = ({ parts }: ChatMessage): string =>
  parts
    .flatMap((part) => {
      if (part.type === 'text') return part.text
      if (part.type === 'data-notice') return part.data.text
      if (part.type === 'data-action' && part.data.state === 'pending')
        return `Waits for your confirmation: ${part.data.summary}`
      return []
    })
    .join('\n')
