import type { Feature } from '../http/feature.ts'
import type { LiveDeps } from './deps.ts'
import { streamEvents } from './stream-events.ts'

/** What happens to a person's tasks, as it happens. */
export const live = (deps: LiveDeps): Feature => ({
  endpoints: [streamEvents(deps)],
  loops: [deps.liveFeed.loop],
  forget: async (tx, user_id) => {
    for (const table of ['feed', 'feed_heads'])
      await tx.$client.query(`DELETE FROM tasks.${table} WHERE user_id = $1`, [user_id])
  },
})
