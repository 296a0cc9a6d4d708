import { useEffect, useState } from 'react'
import { queryClient } from '../api/query-client.ts'
import { forgetTasks, loadTasks } from '../tasks/load-tasks.ts'
import { applyEvent } from './apply-event.ts'
import { followEvents } from './follow-events.ts'

/** So long tasks wait for the live events to begin; what changes while they are read is in those. */
const patience = 400
/** A stream that ends and comes back at once is no news. */
const grace = 2_500

/** Reads a person's tasks and keeps them as they are. Answers whether the connection is lost. */
export const useLive = (user_id: string): { isLost: boolean } => {
  const [isLost, setLost] = useState(false)

  useEffect(() => {
    let hasBeenLive = false
    let losing: ReturnType<typeof setTimeout> | undefined
    const load = () => void loadTasks()
    const waiting = setTimeout(load, patience)
    const lose = (after: number) => {
      clearTimeout(losing)
      losing = setTimeout(() => setLost(true), after)
    }
    const regain = () => {
      clearTimeout(losing)
      setLost(false)
    }
    const stop = followEvents(user_id, {
      onEvent: applyEvent,
      onReset: () => {
        load()
        void queryClient.invalidateQueries()
      },
      onState: (isLive) => {
        if (!isLive) return lose(grace)
        clearTimeout(waiting)
        // Too late: something may have happened between the reading and the stream.
        if (!hasBeenLive) load()
        hasBeenLive = true
        regain()
      },
    })
    const offline = () => lose(0)
    window.addEventListener('offline', offline)
    if (!navigator.onLine) offline()
    return () => {
      for (const timer of [waiting, losing]) clearTimeout(timer)
      window.removeEventListener('offline', offline)
      stop()
      forgetTasks()
      queryClient.clear()
    }
  }, [user_id])

  return { isLost }
}
