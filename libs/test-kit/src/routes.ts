import assert from 'node:assert/strict'
import type { TestService } from './service.ts'

/**
 * Asserts, for every service, that GET /dapr/subscribe advertises exactly the mounted event routes, that each of them
 * accepts a delivery, and that no other route of the sidecar exists.
 */
export const assertAdvertisedIsMounted = async (service: TestService<unknown>, topics: string[]): Promise<void> => {
  const advertised = (await (await service.asSidecar('/dapr/subscribe')).json()) as {
    topic: string
    route: string
    pubsubname: string
  }[]
  assert.deepEqual(
    advertised.map((each) => each.topic),
    topics,
  )
  const mounted = service.app.routes().filter((route) => route.startsWith('POST /events/'))
  assert.deepEqual(
    advertised.map((each) => `POST ${each.route}`),
    mounted,
  )
  for (const { route } of advertised) {
    const answer = await service.asSidecar(route, { method: 'POST', body: '{"entries":[]}' })
    assert.deepEqual([route, answer.status, await answer.json()], [route, 200, { statuses: [] }])
  }
  const post = await service.asSidecar('/dapr/subscribe', { method: 'POST', body: '{}' })
  assert.equal(post.status, 404, 'POST /dapr/subscribe does not exist')
}
