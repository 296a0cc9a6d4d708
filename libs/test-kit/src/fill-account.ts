/** API client of a running TaskFlow, signed in as a user. */
export interface Api {
  send(method: string, path: string, body?: unknown): Promise<unknown>
}

/** Creates an API client. Its requests throw unless the response is 2xx. */
export const apiOf = (url: string, token?: string): Api => ({
  send: async (method, path, body) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path} returned ${answer.status}: ${text}`)
    return answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : undefined
  },
})

/** Tasks of somebody with work, a flat and a garden, as lines for quick-add. */
const lines = [
  'Pay rent every 1st at 9 @home #money !high remind 1d before',
  'Water the plants every 3 days at 8 @home #garden',
  'Stand-up every weekday at 9:30 @work #team remind 10 min before',
  'Team lunch every last friday at noon @work #team',
  'Call mum every sunday at 17 @family remind 30 min before',
  'Back up the laptop every saturday at 20 #computer',
  'Gym every monday and thursday at 18:30 @health',
  'Send invoices every last day of the month at 10 @work #money !high remind 1d before',
  'Clean the coffee machine every! 2 weeks @home',
  'Review the week every friday at 16 @work',
  'Change the smoke detector batteries every 6 months @home',
  'Take out the recycling every other tuesday at 7 @home remind 12h before',
  'Buy milk and bread today at 21 #shopping @home',
  'Reply to Jonas today at 21:30 @work !high',
  'Stretch for ten minutes today at 22 @health !low',
  'Send the slides to Mia tomorrow at 10 @work !high remind 1h before',
  'Pick up the parcel tomorrow at 17 #shopping',
  'Book the train to Hamburg in 2 days at 12 #travel',
  'Dentist in 3 days at 8:45 @health !high remind 1d before',
  'Plan the sprint in 4 days at 14 @work #team',
  'Return the library books in 5 days at 15 @family',
  'Birthday present for Nora in 6 days at 18 #shopping @family !high',
  'Renew the passport in 12 days at 9 #travel !high remind 7 days before',
  'Tax return in 20 days at 9 #money !high remind 1w before',
  'Winter tyres in 9 days at 8 #car',
  'Try the new ramen place #food',
  'Read "Designing Data-Intensive Applications" #books',
  'Sketch the balcony garden #garden !low',
  'Learn three songs on the ukulele !low',
  'Sort the photos of the summer #computer',
]

/** Overdue tasks: quick-add does not understand past dates. */
const overdue = [
  { title: 'Call the landlord about the heating', days: 1, category: 'home', priority: 'high', tags: [] },
  { title: 'Expense report for September', days: 3, category: 'work', priority: 'medium', tags: ['money'] },
  { title: 'Cancel the trial subscription', days: 6, category: null, priority: 'low', tags: ['money'] },
]

const finished = [
  ...['Fix the bicycle light', 'Write the release notes', 'Order new glasses', 'Thank Aunt Clara', 'Repot the basil'],
  ...['Update the résumé', 'Vaccination record', 'Interview notes for Lena'],
]

const messages = [
  'what is due this week?',
  'add plan the winter party next friday at 15 #team @work',
  'delete try the new ramen place',
]

/** Fills an account with some weeks of tasks and a conversation, for demos and screenshots. */
export const fillAccount = async (
  { send }: Api,
  { now, time_zone }: { now: Temporal.Instant; time_zone: string },
): Promise<void> => {
  for (const text of lines) await send('POST', '/tasks/quick-add', { text })
  const today = now.toZonedDateTimeISO(time_zone).with({ hour: 9, minute: 0, second: 0, millisecond: 0 })
  for (const { days, ...task } of overdue) {
    const due_date = today.subtract({ days }).toInstant().round('second').toString()
    await send('POST', '/tasks', { ...task, due_date })
  }
  for (const title of finished) {
    const { id } = (await send('POST', '/tasks', { title })) as { id: string }
    await send('POST', `/tasks/${id}/complete`)
  }
  const { data } = (await send('GET', '/tasks?state=open&limit=200&sort=due_date')) as {
    data: { id: string; title: string }[]
  }
  // Completes some recurring tasks; their next occurrences are created automatically.
  for (const { id, title } of data) {
    if (/^(Water the plants|Stand-up)/.test(title)) await send('POST', `/tasks/${id}/complete`)
  }
  let conversation_id: string | undefined
  for (const message of messages) {
    await send('POST', '/chat', { message, conversation_id })
    const conversations = (await send('GET', '/chat/conversations')) as { data: { id: string }[] }
    conversation_id = conversations.data[0]!.id
  }
}
