import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, bodyOf } from '../api/api.ts'
import { ApiProblem } from '../api/problems.ts'
import { queryClient } from '../api/query-client.ts'
import { Button } from '../components/button.tsx'
import { Secret } from './secret.tsx'
import { Section } from './section.tsx'
import { useSave } from './use-save.ts'

const queryKey = ['calendar-feed']

/** An address for calendar programs. */
export const CalendarFeedSection = () => {
  const { data } = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      try {
        return await bodyOf(api.GET('/calendar-feed', { signal }))
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 404) return null
        throw error
      }
    },
  })
  const { save, isSaving } = useSave()
  const [url, setUrl] = useState<string>()
  const again = () => void queryClient.invalidateQueries({ queryKey })
  const create = async () => {
    await save(async () => setUrl((await bodyOf(api.POST('/calendar-feed'))).url), 'Made')
    again()
  }
  const remove = async () => {
    await save(() => api.DELETE('/calendar-feed'), 'Taken back')
    setUrl(undefined)
    again()
  }
  return (
    <Section title="Calendar feed" about="Whoever has its address sees your open tasks with due dates">
      {url !== undefined && <Secret label="Subscribe to this in a calendar program." value={url} />}
      <div className="flex gap-2">
        <Button disabled={isSaving} onClick={() => void create()}>
          {data ? 'Replace the address' : 'Make an address'}
        </Button>
        {data && (
          <Button look="quiet" onClick={() => void remove()}>
            Take it back
          </Button>
        )}
      </div>
    </Section>
  )
}
