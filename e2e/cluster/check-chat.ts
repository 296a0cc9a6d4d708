import { PartError } from '@taskflow/local-mesh'
import { createStateStore } from '@taskflow/service-kit'
import { eventuallyWithin } from '@taskflow/test-kit'
import type { Cluster } from './cluster.ts'
import { openForward } from './forward.ts'
import { kubectl, readSecret } from './kubectl.ts'
import { makePerson } from './people.ts'

const eventually = eventuallyWithin(90)

/** Messages are in Redis until their conversation is deleted. */
export const checkChat = async (cluster: Cluster): Promise<string> => {
  const { token, send } = await makePerson(cluster)
  const answer = await fetch(`${await cluster.entryPoint.url()}/api/v1/chat`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ message: 'add buy milk tomorrow' }),
  })
  const text = await answer.text()
  if (!answer.ok || !text.includes('"finish"')) throw new PartError(`the chat returned ${answer.status}: ${text}`)
  const id = answer.headers.get('location')?.split('/').at(-1) ?? ''
  const { data } = (await send('GET', '/tasks')) as { data: { title: string }[] }
  if (data[0]?.title !== 'buy milk') throw new PartError(`the chat made ${JSON.stringify(data)} of "buy milk"`)
  const key = await eventually('the conversation is in Redis', () => findKey(id), 10)
  await send('DELETE', `/chat/conversations/${id}`)
  await eventually('Redis has deleted it', async () => !(await findKey(id)))
  return `${key.replace(id, 'ID')} in Redis, and gone after the conversation was deleted`
}

const findKey = async (id: string): Promise<string> => {
  const script = `REDISCLI_AUTH="$STATESTORE_PASSWORD" redis-cli --scan --pattern '*${id}*'`
  return (await kubectl(['exec', 'statefulset/statestore', '--', 'sh', '-c', script])).trim()
}

const writers = 50

/** Of many concurrent writes over the same version, one succeeds and the others fail. */
export const checkStatestore = async (): Promise<string> => {
  const forward = await openForward('deployment/chat-api', 3500)
  try {
    const token = await readSecret('sidecar-chat-api', 'token')
    const state = createStateStore({ url: `http://127.0.0.1:${forward.port}`, token })
    const key = `verify-${Date.now()}`
    await state.save(key, { writer: 'first' }, { ttlSeconds: 60 })
    const { etag } = await state.get(key)
    const taken = await Promise.all(
      Array.from({ length: writers }, (_, writer) => state.save(key, { writer }, { etag, ttlSeconds: 60 })),
    )
    const { value } = await state.get<{ writer: number }>(key)
    await state.delete(key)
    const won = taken.flatMap((isTaken, writer) => (isTaken ? writer : []))
    if (won.length !== 1 || value?.writer !== won[0]) {
      throw new PartError(`of ${writers} writes over one version ${won.length} were taken, ${value?.writer} is there`)
    }
    return `of ${writers} writes over one version at once 1 was taken and ${writers - 1} refused`
  } finally {
    forward.stop()
  }
}
