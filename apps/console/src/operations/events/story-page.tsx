import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { RefreshCw } from 'lucide-react'
import { useAccount } from '../../account/use-account.ts'
import { api, bodyOf } from '../../api/api.ts'
import type { Story } from '../../api/openapi.d.ts'
import { ApiProblem } from '../../api/problems.ts'
import { Button } from '../../components/button.tsx'
import { CodeBlock } from '../code-block.tsx'
import { Facts } from '../facts.tsx'
import { OperationsPage } from '../operations-page.tsx'
import { Part } from '../part.tsx'
import { writeInstant } from '../write.ts'
import { CausationTree } from './causation-tree.tsx'
import { StoryConsumers } from './story-consumers.tsx'
import { StoryPublications } from './story-publications.tsx'

/** Each request is recorded in the audit log: an event on its way is read again after 1, 2, 4, 8 and 16 s only. */
const looks = 5

/** The way of one event, from the request that made it to each consumer. */
export const StoryPage = () => {
  const { id } = useParams({ from: '/app/operations/events/$id' })
  const { time_zone: zone } = useAccount()
  const {
    data: story,
    error,
    dataUpdatedAt,
    refetch,
    isFetching,
  } = useQuery({
    queryKey: ['operations', 'story', id],
    queryFn: ({ signal }) => bodyOf(api.GET('/admin/events/{id}/story', { params: { path: { id } }, signal })),
    staleTime: 0,
    retry: false,
    refetchInterval: ({ state }) => {
      const tries = state.dataUpdateCount + state.errorUpdateCount
      const mayCome = state.error === null || (state.error instanceof ApiProblem && state.error.status === 404)
      return tries <= looks && mayCome && !isOver(state.data) ? 500 * 2 ** tries : false
    },
  })
  const event = story?.cloud_event
  return (
    <OperationsPage
      title={story?.type ?? 'An event'}
      about={id}
      error={error}
      measuredAt={dataUpdatedAt}
      unreachable={story?.unreachable ?? []}
      actions={
        <Button disabled={isFetching} onClick={() => void refetch()}>
          <RefreshCw size={16} aria-hidden /> Look again
        </Button>
      }
    >
      {story && (
        <>
          <Part title="Request">
            <Facts
              facts={{
                Time: story.request.time && `${writeInstant(story.request.time, zone)} (${story.request.time})`,
                'Made by': story.request.source,
                Operation: story.request.operation,
                Subject: story.subject,
                User: story.user_id,
                Correlation: story.request.correlation_id,
                'Caused by': story.request.causation_id,
                Trace: story.request.trace_id,
              }}
            />
          </Part>
          <StoryPublications story={story} />
          <StoryConsumers story={story} />
          <Part title="Causes and effects" about="The first cause with all that came of it.">
            {story.causation ? (
              <div className="card p-4">
                <CausationTree node={story.causation.data} current={id} />
                {!story.causation.complete && (
                  <p className="pt-2 text-sm text-muted">There is more than is shown here.</p>
                )}
              </div>
            ) : (
              <p className="text-sm text-muted">The audit log does not have it; what cannot be read is not recorded.</p>
            )}
          </Part>
          {event && (
            <Part title="CloudEvent" about={originOf(event)}>
              <CodeBlock
                label="The event as JSON"
                text={typeof event.event === 'string' ? event.event : JSON.stringify(event.event, null, 2)}
              />
            </Part>
          )}
        </>
      )}
    </OperationsPage>
  )
}

/** Whether the story will not change soon. What was handled is in the audit log a moment later. */
const isOver = (story: Story | undefined): boolean => {
  if (!story || story.consumers.length === 0) return false
  const isPublished = story.publications.every(({ state }) => state !== 'waiting')
  const isSettled = story.consumers.every(({ state }) => ['done', 'parked', 'discarded'].includes(state))
  const isHandled = story.consumers.every(({ state }) => state === 'done')
  const isRecorded = story.causation !== null && story.cloud_event !== null
  return isPublished && isSettled && (isRecorded || !isHandled)
}

const originOf = ({ taken_from, is_whole }: NonNullable<Story['cloud_event']>): string =>
  taken_from === 'audit'
    ? `Put together from the audit log${is_whole ? '' : '; what was personal in it is erased'}.`
    : `As it was published; it is still in the ${taken_from}.`
