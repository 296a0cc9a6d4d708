import type { Topic } from '@taskflow/event-contracts'
import pg from 'pg'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { HandlerTimeout, reasonOf } from './failures.ts'
import type { Pause, Pauses } from './pauses.ts'

/** Keys that fail in a row for one reason until it is the service's fault and not that of the events. */
const maxFailures = 5
/** The same for handlers that run into their timeout of 10 s. */
const maxTimeouts = 3
/** Milliseconds between trials of a paused subscription: 1 s, 2 s, 4 s, 8 s, 10 s, 10 s ... */
const maxTrialInterval = 10_000

/**
 * Pauses a subscription while all its events fail for one reason: the service is at fault, not the events, and Kafka
 * keeps them. One delivery now and then is a trial; the first event that is handled ends the pause.
 */
export interface Breaker {
  /** What may be done with an event of the topic now. */
  admit(topic: Topic): Promise<'run' | 'trial' | 'paused'>
  /** An event was handled. */
  succeeded(topic: Topic): Promise<void>
  /** An event failed; true when the subscription is to be paused. */
  failed(topic: Topic, key: string, error: unknown): boolean
  /** Pauses the subscription, or keeps it paused after a trial. False when an operator wants it to run. */
  pause(topic: Topic, error: unknown): Promise<boolean>
  /** The paused subscriptions. */
  list(): Promise<Pause[]>
}

interface State {
  /** Why the last events failed, and their keys. */
  cause: string | undefined
  keys: Set<string>
  /** A pause that could not be written to the database. */
  paused: { reason: string; at: string } | undefined
  trialAt: number
  trialInterval: number
}

export const createBreaker = ({ pauses, clock, log }: { pauses: Pauses; clock: Clock; log: Log }): Breaker => {
  const states = new Map<Topic, State>()
  const stateOf = (topic: Topic): State => {
    const known = states.get(topic)
    if (known) return known
    const state: State = { cause: undefined, keys: new Set(), paused: undefined, trialAt: 0, trialInterval: 0 }
    states.set(topic, state)
    return state
  }
  const now = () => clock.now().epochMilliseconds
  const planTrial = (state: State) => {
    state.trialInterval = Math.min(maxTrialInterval, Math.max(1_000, state.trialInterval * 2))
    state.trialAt = now() + state.trialInterval
  }
  return {
    admit: async (topic) => {
      const state = stateOf(topic)
      const shared = (await pauses.list()).find((each) => each.topic === topic)
      if (shared?.paused_by === 'operator') return 'paused'
      if (!shared && (!state.paused || pauses.mustRun(topic))) {
        // Another replica, or an operator, has ended the pause.
        if (state.trialInterval > 0) states.delete(topic)
        return 'run'
      }
      return now() >= state.trialAt ? 'trial' : 'paused'
    },
    succeeded: async (topic) => {
      const state = stateOf(topic)
      const shared = (await pauses.list()).some((each) => each.topic === topic && each.paused_by === 'service')
      if (state.paused || shared) log.info('a paused subscription goes on by itself', { topic })
      states.delete(topic)
      if (shared) await pauses.end(topic)
    },
    failed: (topic, key, error) => {
      const state = stateOf(topic)
      const cause = causeOf(error)
      if (state.cause !== cause) {
        state.cause = cause
        state.keys.clear()
      }
      const limit = error instanceof HandlerTimeout ? maxTimeouts : maxFailures
      if (state.keys.size < limit) state.keys.add(key)
      return state.keys.size >= limit && !pauses.mustRun(topic)
    },
    pause: async (topic, error) => {
      const state = stateOf(topic)
      const reason = `every event fails: ${reasonOf(error)}`
      const isNew = state.trialInterval === 0
      // The table may be what cannot be written: this replica pauses all the same.
      const stored = await pauses.pause(topic, 'service', reason).catch(() => undefined)
      if (stored === false) return false
      state.paused = stored ? undefined : { reason, at: clock.now().toString() }
      planTrial(state)
      if (isNew) log.error('a subscription is paused: the service is at fault, not its events', { topic, reason })
      return true
    },
    list: async () => {
      const shared = await pauses.list()
      const own = [...states].flatMap(([topic, { paused }]): Pause[] =>
        paused && !shared.some((each) => each.topic === topic) && !pauses.mustRun(topic)
          ? [{ topic, paused_by: 'service', paused_at: paused.at, reason: paused.reason }]
          : [],
      )
      return [...shared, ...own]
    },
  }
}

/** What failures of one cause have in common: the code of the database, or the message without values. */
const causeOf = (error: unknown): string => {
  for (let current = error; current instanceof Error; current = current.cause)
    if (current instanceof pg.DatabaseError) return `${current.code} ${current.table ?? ''} ${current.column ?? ''}`
  return reasonOf(error).replace(/"[^"]*"|'[^']*'|[\da-f]{8}-[\da-f-]+|\d+/gi, '*')
}
