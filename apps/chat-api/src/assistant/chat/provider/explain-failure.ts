import { APICallError } from '@ai-sdk/provider'
import { TooLong } from './guarded-fetch.ts'

/** The person's own service gives up on the answer: it is stopping, or the conversation is deleted. */
export class GivenUp extends Error {
  override name = 'GivenUp'
}

const sentences = {
  busy: 'The language model is busy just now',
  key: 'The language model does not accept the key of this service, which its operator must mend',
  refused: 'The language model refused to work on this',
  away: 'The language model cannot be reached just now',
  slow: 'The language model did not answer in time',
  long: 'The language model did not come to an end',
  'given up': 'TaskFlow is being restarted, so this answer ends here',
  unusable: 'The language model gave no answer that can be used',
}

/**
 * Why there is no answer: a word for the log and a sentence for the person. Neither quotes the error, which may hold the
 * key, the address or what a stranger's server likes to say.
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
    // A body that cannot be read comes with the status 200.
    if (statusCode >= 500 || statusCode === 0) return 'away'
    return 'unusable'
  }
  if (isTimeout(error) || (error instanceof Error && isTimeout(error.cause))) return 'slow'
  if (error instanceof TooLong) return 'long'
  if (error instanceof GivenUp) return 'given up'
  return 'unusable'
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError'
