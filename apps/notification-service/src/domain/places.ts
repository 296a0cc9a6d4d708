/** Places for deliveries that run at once. Receivers that were slow share some of them, so that the others have the rest. */
export interface Places {
  /** How many are free. */
  free(): number
  /** Whether there is a place for this person too, after those it was asked for before. */
  admission(): (user_id: string) => boolean
  /** Takes a place. */
  enter(user_id: string): Place
}

interface Place {
  /** The receiver has answered, or will not: what follows is not its fault. */
  answered(): void
  /** The delivery has ended. */
  leave(): void
}

/** Milliseconds for which a receiver counts as slow after it was. */
const slowFor = 3_600_000
/** Receivers that are remembered as slow. */
const maxRemembered = 10_000

/**
 * `slow` of `all` places are for receivers whose last delivery took longer than `slowAfter` milliseconds; a running one
 * counts as soon as it has. Each replica learns this by itself. A receiver that nobody knows counts as quick.
 */
export const createPlaces = ({
  all,
  slow = all,
  slowAfter = 2_000,
  now = () => performance.now(),
}: {
  all: number
  slow?: number
  slowAfter?: number
  now?: () => number
}): Places => {
  /** When each running delivery began; undefined once it was answered. */
  const running = new Map<string, number | undefined>()
  /** Until when each receiver counts as slow, the oldest first. */
  const slowUntil = new Map<string, number>()

  const isSlow = (user_id: string) => {
    const began = running.get(user_id)
    if (began !== undefined && now() - began > slowAfter) return true
    return (slowUntil.get(user_id) ?? 0) > now()
  }
  const remember = (user_id: string, wasSlow: boolean) => {
    slowUntil.delete(user_id)
    if (!wasSlow) return
    slowUntil.set(user_id, now() + slowFor)
    const [oldest] = slowUntil.keys()
    if (slowUntil.size > maxRemembered) slowUntil.delete(oldest!)
  }

  return {
    free: () => all - running.size,
    admission: () => {
      let slowLeft = slow - [...running.keys()].filter(isSlow).length
      return (user_id) => {
        if (!isSlow(user_id)) return true
        return --slowLeft >= 0
      }
    },
    enter: (user_id) => {
      const began = now()
      running.set(user_id, began)
      return {
        answered: () => {
          remember(user_id, now() - began > slowAfter)
          running.set(user_id, undefined)
        },
        leave: () => void running.delete(user_id),
      }
    },
  }
}
