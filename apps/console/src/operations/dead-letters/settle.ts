import { api, bodyOf } from '../../api/api.ts'
import { queryClient } from '../../api/query-client.ts'
import { say, sayError } from '../../components/toasts.tsx'
import { plural } from '../write.ts'

const reread = () => queryClient.invalidateQueries({ queryKey: ['operations'] })

/** Hands events to their consumers again. Another admin may have settled some of them meanwhile. */
export const redrive = async (chosen: string[]): Promise<void> => {
  try {
    const { ids } = await bodyOf(api.POST('/admin/dead-letters/redrive', { body: { ids: chosen } }))
    const missing = chosen.length - ids.length
    say(
      `${plural(ids.length, 'event')} handed to ${ids.length === 1 ? 'its consumer' : 'their consumers'} again`,
      undefined,
      missing > 0 ? `${plural(missing, 'event')} could not be redriven: only parked ones can` : undefined,
    )
  } catch (error) {
    sayError(error)
  }
  await reread()
}

/** Discards an event for good. Throws when the note is not valid. */
export const discard = async (id: string, note: string): Promise<void> => {
  await api.POST('/admin/dead-letters/{id}/discard', { params: { path: { id } }, body: { note } })
  say('Discarded')
  void reread()
}
