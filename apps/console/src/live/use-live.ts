import { useEffect, useState } from 'react'
import { queryClient } from '../api/query-client.ts'
import { forgetTasks, loadTasks } from '../tasks/load-tasks.ts'
import { applyEvent } from './apply-event.ts'
import { followEvents } from './follow-events.ts'

/**
 * Tasks are loaded once live events arrive, which have what changes meanwhile; but after this many milliseconds anyway.
 */
const maxWait = 400
/** A stream that ends and is back within this time is not reported as lost. */
const gracePeriod = 2_500

/** Loads a person's tasks and keeps them up to date. Returns whether the connection is lost. */
export const useLive = (user_id: string): { isLost: boolean } => {
  const [isLost, setLost] = useState(false)

  useEffect(() => {
    let hasBeenLive = false
    let losing: ReturnType<typeof setTimeout> | undefined
    const load = () => void loadTasks()
    const waiting = setTimeout(load, maxWait)
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
        if (!isLive) return lose(gracePeriod)
        clearTimeout(waiting)
        // The tasks may have been loaded before the stream began: load them again, so that nothing is missed in
        // between.
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
