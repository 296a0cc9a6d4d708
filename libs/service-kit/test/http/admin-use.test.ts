import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AdminUse, endpoint, type Principal, scopes, withinRole } from '@taskflow/service-kit'
import { z } from 'zod'
import { startTestService } from '../test-service.ts'

const records = endpoint({
  method: 'get',
  path: '/records',
  summary: 'Show records',
  access: 'user',
  query: z.strictObject({ user_id: z.string().optional() }),
  isAdminUse: ({ user_id }) => user_id !== undefined,
  answers: { 200: z.object({}) },
  handle: async () => ({ status: 200, body: {} }),
})

test('a use of admin rights is recorded whether they come from the role or from a scope', async (t) => {
  let caller: Principal = { user_id: 'ada', role: 'user', scopes: ['tasks:read'] }
  const uses: string[] = []
  const accessControl = {
    authenticate: async () => caller,
    countRequest: async () => ({}),
    countAnonymous: async () => ({}),
    recordAdminUse: async ({ operation }: AdminUse) => void uses.push(operation),
    trustedProxies: 0,
  }
  const service = await startTestService(t, { subscriptions: [], api: [records], accessControl })
  const ask = async (as: Principal, query = '?user_id=bob') => {
    caller = as
    uses.length = 0
    assert.equal((await fetch(`${service.url}/records${query}`)).status, 200)
    return uses.length
  }
  assert.equal(await ask({ user_id: 'ada', role: 'admin', scopes }), 1)
  assert.equal(await ask({ user_id: 'ada', role: 'user', scopes: ['tasks:read', 'admin'] }), 1)
  assert.equal(await ask({ user_id: 'ada', role: 'user', scopes: ['tasks:read'] }), 0)
  assert.equal(await ask({ user_id: 'ada', role: 'admin', scopes }, ''), 0)
})

test('a caller has no scope that the role does not allow', () => {
  const admin: Principal = { user_id: 'ada', role: 'admin', scopes: ['tasks:read', 'admin'] }
  assert.equal(withinRole(admin), admin)
  assert.deepEqual(withinRole({ ...admin, role: 'user' }), { ...admin, role: 'user', scopes: ['tasks:read'] })
})
