import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateText, isStepCount, jsonSchema, type ModelMessage, streamText, tool } from 'ai'
import { createInterpreter } from '../src/index.ts'
import { createHome } from './home.ts'
import { outcomeOf } from './outcome.ts'
import { createWorld, type Input, task, type World } from './world.ts'

/** A conversation through the AI SDK, which runs the tools and passes their results to the interpreter. */
const createChat = (world: World, { only }: { only?: string[] } = {}) => {
  const model = createInterpreter()
  const messages: ModelMessage[] = []
  const tools = Object.fromEntries(
    Object.keys(world.tools)
      .filter((name) => only?.includes(name) ?? true)
      .map((name) => [
        name,
        tool({
          inputSchema: jsonSchema<Input>({ type: 'object' }),
          execute: async (input) => JSON.parse(JSON.stringify(world.run({ tool: name, input }))),
        }),
      ]),
  )
  const say = async (text: string): Promise<string> => {
    messages.push({ role: 'user', content: text })
    const result = await generateText({ model, tools, messages, instructions: world.system, stopWhen: isStepCount(8) })
    messages.push(...result.responseMessages)
    assert.equal(result.finishReason, 'stop')
    return result.text
  }
  return { say, messages, tools, model }
}

/** Sends the texts one after the other; returns the outcome of each. */
const outcomes = async (world: World, ...texts: string[]): Promise<string[]> => {
  const { say } = createChat(world)
  const found: string[] = []
  for (const text of texts) {
    const before = world.calls.length
    const answer = await say(text)
    found.push(outcomeOf(world.calls.slice(before), answer, 'Europe/Berlin'))
  }
  return found
}

const whichMom = 'asks: Which of these 2 should I complete? Call mom | Call mom about the party'

test('a question accepts a number, words, "all" or a refusal', async () => {
  const answers: [string, string][] = [
    ['2', 'complete Call mom about the party'],
    ['the second', 'complete Call mom about the party'],
    ['number 1, please', 'complete Call mom'],
    ['the last one', 'complete Call mom about the party'],
    ['the party one', 'complete Call mom about the party'],
    ['I mean the one about the party', 'complete Call mom about the party'],
    ['call mom', 'complete Call mom'],
    ['1 and 2', 'complete Call mom | Call mom about the party'],
    ['all of them', 'complete Call mom | Call mom about the party'],
    ['both', 'complete Call mom | Call mom about the party'],
    ['none', 'says: All right, I changed nothing.'],
    ['no', 'says: All right, I changed nothing.'],
    ['never mind', 'says: All right, I changed nothing.'],
    ['cancel', 'says: All right, I changed nothing.'],
    ['3', 'says: I did not understand which; nothing was changed.'],
    ['yes', 'says: I did not understand which; nothing was changed.'],
    ['maybe 2', 'says: I did not understand which; nothing was changed.'],
    ['2?', 'says: I did not understand which; nothing was changed.'],
    ['the red one', 'says: I did not understand which; nothing was changed.'],
    ['not the second', 'says: I did nothing:'],
    ['mom', whichMom],
    ['add eggs', 'add eggs'],
  ]
  for (const [answer, expected] of answers)
    assert.deepEqual([answer, ...(await outcomes(createHome(), 'complete mom', answer))], [answer, whichMom, expected])
})

test('a question stays open until answered or until another command', async () => {
  assert.deepEqual(await outcomes(createHome(), 'complete mom', 'what?', '2'), [
    whichMom,
    'says: I did not understand which; nothing was changed.',
    'complete Call mom about the party',
  ])
  assert.deepEqual(
    (await outcomes(createHome(), 'complete mom', 'add eggs', '2')).at(-1),
    'says: I did not understand “2”, so I changed nothing.',
  )
  assert.deepEqual(
    (await outcomes(createHome(), 'complete mom', 'no', 'yes')).at(-1),
    'says: There is nothing I have asked.',
  )
})

test('words that match several choices narrow them down', async () => {
  const world = createWorld([task('blue shirt'), task('blue hat'), task('red shirt')])
  assert.deepEqual(await outcomes(world, 'complete shirt', 'blue'), [
    'asks: Which of these 2 should I complete? blue shirt | red shirt',
    'complete blue shirt',
  ])
  const hats = createWorld([task('blue wool hat'), task('blue straw hat'), task('red hat')])
  assert.deepEqual(await outcomes(hats, 'delete hat', 'the blue one', 'straw'), [
    'asks: Which of these 3 should I delete? blue wool hat | blue straw hat | red hat',
    'asks: Which of these 2 should I delete? blue wool hat | blue straw hat',
    'delete blue straw hat',
  ])
})

test('a question for a time accepts only a time or a new command', async () => {
  assert.deepEqual(await outcomes(createHome(), 'move dentist', 'hm', 'friday', 'move it to 18:00'), [
    'asks: To when should I move “Dentist”?',
    'says: I could not read that as a time.',
    'move Dentist @2026-11-27T14:30',
    'move Dentist @2026-11-27T18:00',
  ])
  assert.deepEqual((await outcomes(createHome(), 'snooze dentist', 'for 20 minutes')).at(-1), 'snooze Dentist PT20M')
  assert.deepEqual(
    (await outcomes(createHome(), 'remind me about dentist', 'tomorrow at 8')).at(-1),
    'remind of Dentist at 2026-11-22T08:00',
  )
  assert.deepEqual(
    (await outcomes(createHome(), 'remind me to call Bob', 'tomorrow at 9')).at(-1),
    'add call Bob @2026-11-22T09:00 remind at 2026-11-22T09:00',
  )
  assert.deepEqual(
    (await outcomes(createHome(), 'move mom to friday', '2')).at(-1),
    'move Call mom about the party @2026-11-27',
  )
  assert.deepEqual((await outcomes(createHome(), 'add', 'milk on friday')).at(-1), 'add milk @2026-11-27')
  assert.deepEqual((await outcomes(createHome(), 'add', 'never mind')).at(-1), 'says: All right, I changed nothing.')
  assert.deepEqual((await outcomes(createHome(), 'add', 'show my tasks')).at(-1), 'list open')
})

test('numbers and "it" refer to the last list shown', async () => {
  assert.deepEqual(
    await outcomes(createHome(), 'find mom', 'delete the second', 'find milk', 'complete it', 'reopen it'),
    ['find mom', 'delete Call mom about the party', 'find milk', 'complete Buy milk', 'reopen Buy milk'],
  )
  assert.deepEqual((await outcomes(createHome(), 'show my tasks', 'thanks', 'complete 2')).at(-1), 'complete Buy bread')
  assert.deepEqual(
    (await outcomes(createHome(), 'find mom', 'complete both')).at(-1),
    'complete Call mom | Call mom about the party',
  )
  assert.deepEqual((await outcomes(createHome(), 'find mom', 'complete 7')).at(-1), 'says: I showed 2 tasks only.')
  // Series have their own ids: their numbers refer to no task.
  assert.deepEqual(
    (await outcomes(createHome(), 'list recurring tasks', 'delete 1')).at(-1),
    'says: I do not know which task that is.',
  )
})

test('it introduces itself at the start of a conversation only', async () => {
  const { say } = createChat(createHome())
  assert.match(await say('what is due today?'), /^I am TaskFlow's built-in interpreter, not a language model/)
  assert.doesNotMatch(await say('find milk'), /language model/)
  assert.match(await say('help'), /not a language model/)
})

test('a pending confirmation is mentioned, and text does not confirm it', async () => {
  const world = createHome()
  const { say } = createChat(world)
  assert.match(await say('delete milk'), /waits for your confirmation: delete 1\. Nothing happens until you confirm it/)
  assert.match(await say('yes'), /waits for your confirmation/)
  assert.match(await say('no'), /Nothing has been done: delete 1 still waits/)
  assert.deepEqual(
    world.calls.map(({ tool }) => tool),
    ['search', 'delete_tasks'],
  )
})

test('a deletion that was confirmed later can be undone by title', async () => {
  const world = createHome()
  const { say, messages } = createChat(world)
  await say('delete milk')
  for (const message of messages)
    if (message.role === 'tool')
      for (const part of message.content)
        if (part.type === 'tool-result' && part.toolName === 'delete_tasks')
          part.output = {
            type: 'json',
            value: {
              status: 'confirmed',
              output: { results: [{ id: 'id of Buy milk', status: 'done' }], done: 1, refused: 0 },
            },
          }
  assert.match(await say('restore milk'), /I restored “Buy milk”/)
})

test('refusals, errors, malformed and truncated results change nothing', async () => {
  const refused = createHome()
  refused.tools.complete_tasks = ({ ids }) => ({
    results: [{ id: ids[0], status: 'refused', reason: 'the task is gone' }],
    done: 0,
    refused: 1,
  })
  assert.match(await createChat(refused).say('complete milk'), /I could not complete “Buy milk”: the task is gone\./)
  const failing = createHome()
  failing.tools.complete_tasks = () => {
    throw new Error('the database is away')
  }
  assert.match(await createChat(failing).say('complete milk'), /That did not work: the database is away\./)
  const blind = createHome()
  blind.tools.search = () => {
    throw new Error('no search today')
  }
  assert.match(
    await createChat(blind).say('complete milk'),
    /I could not look: no search today\. Nothing was changed\./,
  )
  for (const nonsense of ['text', null, 7, [], {}, { tasks: 'none' }, { tasks: [null, 1, { id: 3 }] }]) {
    const world = createHome()
    world.tools.search = () => nonsense
    await createChat(world).say('delete milk')
    assert.ok(!world.calls.some(({ tool }) => tool === 'delete_tasks'))
  }
  const cut = createHome()
  const { search } = cut.tools
  cut.tools.search = (input) => ({ ...(search!(input) as object), cut: 'too long' })
  assert.deepEqual(await outcomes(cut, 'delete milk'), ['asks: Should I delete this one? Buy milk'])
})

test('a tool that does not exist is not called', async () => {
  const world = createHome()
  assert.match(await createChat(world, { only: ['search'] }).say('complete milk'), /"complete_tasks" is not available/)
  assert.deepEqual(
    world.calls.map(({ tool }) => tool),
    ['search'],
  )
})

test('empty lists are described', async () => {
  const empty = () => createWorld([])
  const answerTo = async (text: string) => (await createChat(empty()).say(text)).split('\n\n').at(-1)
  assert.equal(await answerTo('what is due today?'), 'Nothing is due today.')
  assert.equal(await answerTo('show my tasks'), 'You have no open tasks.')
  assert.equal(await answerTo('list recurring tasks'), 'You have no recurring tasks.')
  assert.equal(await answerTo('find milk'), 'I found no task like “milk”.')
  assert.equal(await answerTo('complete all overdue tasks'), 'There is no open task that is overdue.')
  assert.equal(await answerTo('delete everything'), 'There is no open task at all.')
})

test('a set is changed in one call, up to 100 tasks', async () => {
  const many = (count: number) => createWorld(Array.from({ length: count }, (_, index) => task(`t${index}`)))
  const hundred = many(100)
  await createChat(hundred).say('delete everything')
  assert.equal(hundred.calls.filter(({ tool }) => tool === 'delete_tasks').length, 1)
  assert.equal(hundred.calls.at(-1)!.input.ids.length, 100)
  const more = many(101)
  assert.match(await createChat(more).say('delete everything'), /more than I do at once/)
  assert.ok(more.calls.every(({ tool }) => tool === 'find_tasks'))
})

test('many matches lead to a question, even when one title matches exactly', async () => {
  const world = createWorld([task('milk'), ...Array.from({ length: 30 }, (_, index) => task(`milk ${index}`))])
  const answer = await createChat(world).say('delete milk')
  assert.match(answer, /Which of these 10 should I delete\?/)
  assert.match(answer, /There are more/)
})

test('of several sentences, a question skips the rest, and an unknown one prevents all', async () => {
  const questioned = createHome()
  assert.match(
    await createChat(questioned).say('complete mom. complete rent'),
    /I have left out the rest: “complete rent”/,
  )
  assert.ok(!questioned.calls.some(({ tool }) => tool === 'complete_tasks'))
  const unknown = createHome()
  assert.match(
    await createChat(unknown).say('complete rent. Then dance a bit.'),
    /did not understand “Then dance a bit\.”/,
  )
  assert.equal(unknown.calls.length, 0)
})

test('"in 3 days" counts from when it was written, even if the answer comes a day later', async () => {
  const world = createHome()
  const { say, messages, tools, model } = createChat(world)
  await say('move mom in 3 days')
  messages.push({ role: 'user', content: '1' })
  const instructions = world.system.replace('2026-11-21', '2026-11-22')
  await generateText({ model, tools, messages, instructions, stopWhen: isStepCount(8) })
  assert.equal(world.calls.at(-1)!.input.moves[0].due_date, '2026-11-24')
})

test('answers stream in the protocol of the AI SDK', async () => {
  const { tools, model } = createChat(createHome())
  const result = streamText({
    model,
    tools,
    prompt: 'show my tasks',
    instructions: createHome().system,
    stopWhen: isStepCount(8),
  })
  const types: string[] = []
  for await (const part of result.fullStream) types.push(part.type)
  assert.ok(types.includes('tool-input-start') && types.includes('tool-call') && types.includes('tool-result'))
  assert.ok(types.filter((type) => type === 'text-delta').length > 3)
  assert.equal(types.at(-1), 'finish')
  assert.ok(!types.includes('error'))
  assert.match(await result.text, /You have \d+ open tasks:/)
  assert.deepEqual([model.provider, model.modelId], ['taskflow', 'interpreter'])
})

test('questions of a language model are not taken for its own', async () => {
  const world = createHome()
  const { say, messages } = createChat(world)
  messages.push(
    { role: 'user', content: 'complete mom' },
    { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'x', toolName: 'agenda', input: {} }] },
    {
      role: 'tool',
      content: [{ type: 'tool-result', toolCallId: 'x', toolName: 'agenda', output: { type: 'json', value: {} } }],
    },
    { role: 'assistant', content: 'Which of them? 1. Call mom 2. Call mom about the party' },
  )
  assert.match(await say('2'), /did not understand “2”/)
  assert.equal(world.calls.length, 0)
})
