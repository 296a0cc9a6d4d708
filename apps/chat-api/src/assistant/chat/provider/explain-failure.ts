import { APICallError } from '@ai-sdk/provider'
import { ResponseTooLong } from './guarded-fetch.ts'

/** TaskFlow itself cancels the turn: the service is stopping, or the conversation was deleted. */
export class TurnCancelled extends Error {
  override name = 'TurnCancelled'
}

const sentences = {
  busy: 'The language model is busy just now',
  key: 'The language model does not accept the key of this service, which its operator must fix',
  refused: 'The language model refused to work on this',
  away: 'The language model cannot be reached just now',
  slow: 'The language model did not answer in time',
  long: 'The language model did not come to an end',
  'given up': 'TaskFlow is being restarted, so this answer ends here',
  unusable: 'The language model gave no answer that can be used',
}

/**
 * Why there is no reply: a word for the log and a sentence for the user. Neither quotes the error, which may contain
 * the key, the address or any text of the model's server.
 */
export const explainFailure = (error: unknown): { reason: string; status?: number | undefined; sentence: string } => {
  const reason = reasonOf(error)
  const status = APICallError.isInstance(error) ? error.statusCode : undefined
  return { reason, status, sentence: sentences[reason] }
}

const reasonOf = (error: unknown): keyof typeof sentences => {
  if (APICallError.isInstance(error) && !isTimeout(error.cause)) {
    const { statusCode = 0 } = error
    if (statusCode === 429) return 'busy'
    if (statusCode === 401 || statusCode === 403) return 'key'
    if (statusCode >= 400 && statusCode < 500) return 'refused'
    // An unreadable body has the status 200.
    if (statusCode >= 500 || statusCode === 0) return 'away'
    return 'unusable'
  }
  if (isTimeout(error) || (error instanceof Error && isTimeout(error.cause))) return 'slow'
  if (error instanceof ResponseTooLong) return 'long'
  if (error instanceof TurnCancelled) return 'given up'
  return 'unusable'
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError'
