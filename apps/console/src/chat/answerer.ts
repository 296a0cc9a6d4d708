import type { ChatMessage } from '../api/openapi.d.ts'

type Answerer = NonNullable<NonNullable<ChatMessage['metadata']>['answered_by']>

const key = 'taskflow.chat.answered_by'

/** Whether a model or the interpreter gave the last answer in this browser; undefined before the first. */
export const readAnswerer = (): Answerer | undefined => {
  const kept = localStorage.getItem(key)
  return kept === 'model' || kept === 'interpreter' ? kept : undefined
}

export const keepAnswerer = (answerer: Answerer): void => localStorage.setItem(key, answerer)
