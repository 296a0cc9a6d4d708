import type { Clock } from '@taskflow/service-kit'

/**
 * The back-off for a mail server that is away: 1 s, 2 s, 4 s ... at most 30 s, so that mails go soon after it is back.
 */
export interface Pause {
  /** The server was away again. Returns the seconds until the next attempt. */
  begin(): number
  /** The server has answered. */
  end(): void
  /** Milliseconds left; 0 when there is no pause. */
  left(): number
}

const maxSeconds = 30

export const createPause = (clock: Clock): Pause => {
  let seconds = 0
  let until = 0
  const left = () => Math.max(0, until - clock.now().epochMilliseconds)
  return {
    begin: () => {
      // Concurrent attempts fail together and lengthen it once.
      if (left() === 0) {
        seconds = Math.min(maxSeconds, Math.max(1, seconds * 2))
        until = clock.now().epochMilliseconds + seconds * 1_000
      }
      return left() / 1_000
    },
    end: () => {
      seconds = 0
      until = 0
    },
    left,
  }
}
