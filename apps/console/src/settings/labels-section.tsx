import { useQuery } from '@tanstack/react-query'
import { Pencil, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { api, bodyOf } from '../api/api.ts'
import { queryClient } from '../api/query-client.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Section } from './section.tsx'
import { useSave } from './use-save.ts'

type Kind = 'tags' | 'categories'

/** Renames and deletes tags and categories, in all tasks at once. */
export const LabelsSection = () => (
  <Section title="Tags and categories" about="A new name reaches all your tasks; a deleted one leaves them as they are">
    <LabelList kind="categories" title="Categories" />
    <LabelList kind="tags" title="Tags" />
  </Section>
)

const LabelList = ({ kind, title }: { kind: Kind; title: string }) => {
  const [renamed, rename] = useState<string>()
  const { save } = useSave()
  const queryKey = ['tasks', 'labels', kind]
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => bodyOf(api.GET(`/${kind}`, { params: { query: { limit: 200 } }, signal })),
  })
  const change = async (message: string, work: () => Promise<unknown>) => {
    if (await save(work, message)) void queryClient.invalidateQueries({ queryKey })
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name'))
    void change('Renamed', () => api.PATCH(`/${kind}/{name}`, { params: { path: { name: renamed! } }, body: { name } }))
    rename(undefined)
  }
  return (
    <div>
      <h3 className="pb-1 font-medium">{title}</h3>
      {data?.data.length === 0 && (
        <p className="text-sm text-muted">
          None yet. {kind === 'tags' ? '#home in a new task gives it a tag.' : '@work in a new task puts it into one.'}
        </p>
      )}
      <ul className="flex flex-col">
        {data?.data.map(({ name, open_tasks }) => (
          <li key={name} className="flex items-center gap-1">
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <span className="px-2 text-sm text-muted tabular-nums">{open_tasks} open</span>
            <Button look="quiet" isIcon aria-label={`Rename ${name}`} onClick={() => rename(name)}>
              <Pencil size={16} aria-hidden />
            </Button>
            <Button
              look="quiet"
              isIcon
              aria-label={`Delete ${name}`}
              onClick={() =>
                void change('Deleted', () => api.DELETE(`/${kind}/{name}`, { params: { path: { name } } }))
              }
            >
              <Trash2 size={16} aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      {renamed !== undefined && (
        <Dialog title={`Rename ${renamed}`} onClose={() => rename(undefined)}>
          <form onSubmit={submit} className="flex gap-2 pt-2">
            <input
              name="name"
              aria-label="New name"
              defaultValue={renamed}
              required
              maxLength={kind === 'tags' ? 50 : 100}
              className="field"
            />
            <Button type="submit" look="primary" className="min-h-10">
              Rename
            </Button>
          </form>
        </Dialog>
      )}
    </div>
  )
}
