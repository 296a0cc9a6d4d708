import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { createEventStreams } from '../../src/http/event-stream.ts'

const streams = (max = 20) => createEventStreams<string>({ max, name: 'streams' })
const isAllowed = async () => true
const read = (stream: { read(): Buffer | null }): string => {
  let text = ''
  for (let chunk = stream.read(); chunk; chunk = stream.read()) text += chunk
  return text
}

test('messages are sent as Server-Sent Events, with an id where they have one', () => {
  const { stream, send } = streams().open('ada', '', isAllowed)
  send({ event: 'hello', data: '{}' })
  send({ event: 'hello', data: '[]', id: '7' })
  assert.equal(read(stream), 'retry: 2000\n\nevent: hello\ndata: {}\n\nid: 7\nevent: hello\ndata: []\n\n')
})

test('a group has a maximum number of streams; closing one makes room', async () => {
  const { open, clients } = streams(2)
  const first = open('ada', 'first', isAllowed)
  open('ada', 'second', isAllowed)
  assert.throws(() => open('ada', 'third', isAllowed), /at most 2 streams at once/)
  open('eve', 'hers', isAllowed)
  first.stream.destroy()
  await once(first.stream, 'close')
  open('ada', 'third', isAllowed)
  assert.deepEqual(
    clients('ada').map(({ state }) => state),
    ['second', 'third'],
  )
  assert.equal(clients().length, 3)
  assert.deepEqual(clients('nobody'), [])
})

test('a client dropped while another opens affects only itself', async () => {
  const { open, clients } = streams()
  const first = open('ada', 'first', isAllowed)
  first.drop()
  open('ada', 'second', isAllowed)
  await once(first.stream, 'close')
  assert.deepEqual(
    clients('ada').map(({ state }) => state),
    ['second'],
  )
})

test('a heartbeat goes to clients that keep up, and ends streams that are no longer allowed', async () => {
  const { open, heartbeat } = streams()
  const [reader, slow, ended] = [open('a', '', isAllowed), open('b', '', isAllowed), open('c', '', async () => false)]
  read(reader.stream)
  await heartbeat()
  assert.equal(read(reader.stream), ': alive\n\n')
  assert.equal(read(slow.stream), 'retry: 2000\n\n')
  assert.equal(ended.stream.writableEnded, true)
  // Messages after the end are dropped without an error.
  ended.send({ event: 'late', data: '{}' })
  await assert.rejects(ended.taken(), /has ended/)
})

test('a client whose buffer is too full is dropped before more is sent', () => {
  const { open, dropSlow, clients } = streams()
  const [reader, slow] = [open('a', 'reader', isAllowed), open('b', 'slow', isAllowed)]
  for (const { send } of [reader, slow]) send({ event: 'much', data: 'x'.repeat(300_000) })
  read(reader.stream)
  dropSlow()
  assert.deepEqual(
    clients().map(({ state }) => state),
    ['reader'],
  )
  assert.equal(slow.stream.destroyed, true)
})
