import type { Clock } from '@taskflow/service-kit'

/** How long a mail server that is away is left alone: 1 s, 2 s, 4 s ... at most 30 s, so that mails go soon after it is back. */
export interface Pause {
  /** The server was away again. Answers the seconds until it is tried next. */
  begin(): number
  /** The server has answered. */
  end(): void
  /** Milliseconds that are left; 0: none. */
  left(): number
}

const longest = 30

export const createPause = (clock: Clock): Pause => {
  let seconds = 0
  let until = 0
  const left = () => Math.max(0, until - clock.now().epochMilliseconds)
  return {
    begin: () => {
      // Several attempts that were under way together fail together: they lengthen it once.
      if (left() === 0) {
        seconds = Math.min(longest, Math.max(1, seconds * 2))
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
