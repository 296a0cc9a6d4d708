import assert from 'node:assert/strict'
import type { TestService } from './service.ts'

/**
 * Holds for every service: the routes that GET /dapr/subscribe advertises are exactly the event routes that are
 * mounted, each of them takes a delivery, and nothing else answers for the sidecar.
 */
export const assertAdvertisedIsMounted = async (service: TestService<unknown>, topics: string[]): Promise<void> => {
  const told = (await (await service.asSidecar('/dapr/subscribe')).json()) as {
    topic: string
    route: string
    pubsubname: string
  }[]
  assert.deepEqual(
    told.map((each) => each.topic),
    topics,
  )
  const mounted = service.app.routes().filter((route) => route.startsWith('POST /events/'))
  assert.deepEqual(
    told.map((each) => `POST ${each.route}`),
    mounted,
  )
  for (const { route } of told) {
    const answer = await service.asSidecar(route, { method: 'POST', body: '{"entries":[]}' })
    assert.deepEqual([route, answer.status, await answer.json()], [route, 200, { statuses: [] }])
  }
  const post = await service.asSidecar('/dapr/subscribe', { method: 'POST', body: '{}' })
  assert.equal(post.status, 404, 'POST /dapr/subscribe is not there')
}
