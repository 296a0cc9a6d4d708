import { appendEvents, type BaseDeps, endpoint, invalid } from '@taskflow/service-kit'
import { text } from '@taskflow/tasks'
import { z } from 'zod'
import { anUnreadableEvent, aTestEvent, harmlessTypes, testTopics } from '../test-events.ts'

const published = z.object({ id: z.string(), topic: z.string(), type: z.string() }).meta({ id: 'PublishedTestEvent' })

/** Goes the way of every event; its story can be looked at by the id that is answered. */
export const publishTestEvent = ({ transaction, clock }: Pick<BaseDeps, 'transaction' | 'clock'>) =>
  endpoint({
    method: 'post',
    path: '/api/v1/admin/events/test',
    summary: 'Publish an event about nothing, or one that its consumers cannot read and park',
    access: 'admin',
    body: z.strictObject({
      topic: z.enum(testTopics),
      type: text(1, 100).optional(),
      kind: z.enum(['valid', 'unreadable']).default('valid'),
      data: z.record(z.string(), z.unknown()).default({}).meta({
        description: 'of a valid one: fields of the task or recurring task that it is about; ids are not taken over',
      }),
    }),
    answers: { 202: published },
    handle: async ({ body: { topic, type, kind, data }, user: { user_id }, origin }) => {
      const event =
        kind === 'unreadable'
          ? anUnreadableEvent(topic, type, user_id)
          : aTestEvent(topic, type ?? '', { user_id, now: clock.now().toString(), fields: data })
      if (!event) {
        const message = `must be one whose consumers do no harm with it: ${harmlessTypes.join(', ')}; or ask for kind "unreadable"`
        throw invalid('type', message)
      }
      await transaction((tx) => appendEvents(tx, 'tasks', [event]), origin)
      return { status: 202, body: { id: event.id, topic, type: event.definition.type } }
    },
  })
