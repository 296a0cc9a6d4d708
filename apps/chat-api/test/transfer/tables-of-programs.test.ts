import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ImportFile, readImport } from '../../src/transfer/read-import.ts'

const now = '2026-11-30T12:00:00Z'
const read = (type: ImportFile['type'], text: string, given: Partial<ImportFile> = {}) =>
  readImport({ type, text, now, time_zone: 'Europe/Berlin', locale: 'en', ...given }).map(
    ({ fields, completed_at, notes = [], used, problem }) => ({
      ...(fields as { due_on?: string; due_date?: string }),
      ...{ completed_at, problem, used },
      notes: notes.map(({ field, reason }) => `${field}: ${reason}`),
    }),
  )
const csv = (text: string, given?: Partial<ImportFile>) => read('text/csv', text, given)
const json = (content: unknown) => read('application/json', JSON.stringify(content))
const only = (item: Record<string, unknown>, ...names: string[]) => names.map((name) => item[name])

test('a project of Todoist: sections, subtasks, comments, labels, priorities, and dates in words', () => {
  const items = csv(
    [
      'TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT,DEADLINE,DEADLINE_LANG',
      'meta,view_style=list,,,,,,,,,,,,',
      'task,Buy milk @shop @home,whole,1,1,Ada (1),Bob (2),2027-01-05,en,Europe/Berlin,,,,',
      'task,Look for the list,,4,2,Ada (1),,every monday at 9am,en,Asia/Tokyo,15,minute,2027-02-01,en',
      'note,In the drawer,,,,,,,,,,,,',
      ',,,,,,,,,,,,,',
      'section,Garden,,,,,,,,,,,,',
      'task,* Water,,2,1,,,every! 3 days,en,,,,,',
      'task,Prune,,3,1,,,once in a blue moon,en,,,,,',
      'task,Pay,,4,1,,,jeden Montag,de,,,,,',
      'task,Plan,,4,1,,,,,,,,2027-03-01,en',
      'wish,Rain,,,,,,,,,,,,',
    ].join('\n'),
  )
  const [milk, list, water, prune, pay, plan, wish] = items
  assert.equal(items.length, 7)
  assert.deepEqual(only(milk!, 'title', 'tags', 'priority', 'due_on', 'description', 'category', 'notes'), [
    ...['Buy milk', ['shop', 'home'], 'high', '2027-01-05', 'whole', undefined],
    ['RESPONSIBLE: not-supported'],
  ])
  assert.deepEqual(milk!.used, [
    'TYPE',
    'INDENT',
    'CONTENT',
    'TIMEZONE',
    'DATE',
    'DATE_LANG',
    'DESCRIPTION',
    'PRIORITY',
  ])
  assert.deepEqual(only(list!, 'due_date', 'time_zone', 'recurrence_rule', 'description', 'notes'), [
    '2026-12-07T00:00:00Z',
    'Asia/Tokyo',
    'FREQ=WEEKLY;BYDAY=MO',
    'Part of: Buy milk\nDeadline: 2027-02-01\nComment: In the drawer',
    ['INDENT: in-description', 'DEADLINE: in-description', 'note: in-description', 'DURATION: not-supported'],
  ])
  assert.deepEqual(
    only(
      water!,
      'title',
      'category',
      'priority',
      'due_on',
      'recurrence_rule',
      'recurrence_interval',
      'recurrence_anchor',
    ),
    ['Water', 'Garden', 'medium', '2026-11-30', 'daily', 3, 'completed_at'],
  )
  assert.deepEqual(only(prune!, 'due_on', 'due_date', 'description', 'notes'), [
    ...[undefined, undefined, 'Date: once in a blue moon'],
    ['DATE: unreadable', 'DATE: in-description'],
  ])
  assert.deepEqual(only(pay!, 'due_on', 'recurrence_rule'), ['2026-11-30', 'FREQ=WEEKLY;BYDAY=MO'])
  assert.equal(plan!.due_on, '2027-03-01')
  assert.match(wish!.problem!, /"wish" is no task/)
})

test('a backup of TickTick, after its preamble', () => {
  const items = csv(
    [
      '"Date: 2027-01-01+0000"',
      '"Version: 7.1"',
      '"Status: \n0 Normal\n1 Completed\n2 Archived"',
      '"Folder Name","List Name","Title","Kind","Tags","Content","Is Check list","Start Date","Due Date","Reminder","Repeat","Priority","Status","Created Time","Completed Time","Order","Timezone","Is All Day","Is Floating","Column Name","Column Order","View Mode","taskId","parentId"',
      '"Home","Inbox","Call","TEXT","a, b","","N","","2027-01-05T08:00:00+0000","PT0S,-PT30M","RRULE:FREQ=DAILY;INTERVAL=2;TT_SKIP=WEEKEND","5","0","2026-01-01T00:00:00+0000","","1","Europe/Berlin","false","false","","","list","1",""',
      '"","Inbox","Day","CHECKLIST","","▫Milk","Y","2027-01-04T23:00:00+0000","2027-01-04T23:00:00+0000","P0DT9H0M0S","","1","0","","","2","Europe/Berlin","true","false","Next","1","list","2","1"',
      '"","Inbox","Done","TEXT","","","N","","","","RRULE:FREQ=DAILY","0","2","","2026-10-01T08:00:00+0000","3","Europe/Berlin","","false","","","list","3",""',
      '"","Inbox","Learn","TEXT","","","N","","2027-01-05T08:00:00+0000","","ERULE:NAME=FORGETTINGCURVE;CYCLE=0","0","-1","","","4","Nowhere/At","","false","","","list","4",""',
    ].join('\n'),
  )
  const [call, day, done, learn] = items
  assert.deepEqual(only(call!, 'title', 'category', 'tags', 'priority', 'due_date', 'recurrence_rule', 'reminders'), [
    ...['Call', 'Inbox', ['a', 'b'], 'high', '2027-01-05T08:00:00+0000', 'FREQ=DAILY;INTERVAL=2'],
    [
      { type: 'before', offset: 'PT0S' },
      { type: 'before', offset: 'PT30M' },
    ],
  ])
  assert.deepEqual(call!.notes, ['Repeat: rule-part', 'Folder Name: not-supported'])
  assert.deepEqual(only(day!, 'due_on', 'reminder_time', 'reminders', 'description', 'priority', 'notes'), [
    ...['2027-01-05', '09:00', [{ type: 'before', offset: 'PT0S' }], '▫Milk\nPart of: Call', 'low'],
    ['parentId: in-description', 'Column Name: not-supported'],
  ])
  assert.deepEqual(only(done!, 'completed_at', 'recurrence_rule', 'notes'), [
    ...['2026-10-01T08:00:00+0000', undefined, ['recurrence: rule-of-completed']],
  ])
  assert.equal(learn!.completed_at, now)
  assert.deepEqual(learn!.notes, ['Timezone: zone-unknown', 'Repeat: rule-unreadable', 'Status: given-up'])
})

test('projects of Asana, tasks of Outlook, plans of Planner', () => {
  const [site] = csv(
    'Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,Start Date,Due Date,Tags,Notes,Projects,Parent task,Blocked By (Dependencies),Blocking (Dependencies),Priority,Cost\n' +
      '12,2026-01-01,,2026-01-02,Site,Doing,Ada,ada@example.com,2026-12-01,2026-12-05,"web, new",Text,"Launch, Web",Everything,Logo,,High,5\n',
  )
  assert.deepEqual(only(site!, 'title', 'category', 'due_on', 'tags', 'priority', 'description', 'notes'), [
    ...['Site', 'Launch', '2026-12-05', ['web', 'new'], 'high'],
    'Text\nProject: Web\nSection: Doing\nPart of: Everything',
    [
      'Start Date: not-supported',
      ...['Projects', 'Section/Column', 'Parent task'].map((field) => `${field}: in-description`),
      'Assignee, Assignee Email, Blocked By (Dependencies), Cost: not-supported',
    ],
  ])
  const [call, done] = csv(
    '"Subject","Start Date","Due Date","Reminder On/Off","Reminder Date","Reminder Time","Date Completed","% Complete","Total Work","Actual Work","Billing Information","Categories","Companies","Contacts","Mileage","Notes","Priority","Private","Role","Schedule+ Priority","Sensitivity","Status"\n' +
      '"Call","","1/15/2027","True","1/14/2027","5:00:00 PM","","0","0","0","","Red;Work","Contoso","","","Text","High","False","","","Normal","Not Started"\n' +
      '"Paid","","","False","","","11/2/2026","1","0","0","","","","","","","Normal","False","","","Normal","Complete"\n',
  )
  assert.deepEqual(only(call!, 'due_on', 'reminders', 'tags', 'priority', 'notes'), [
    ...['2027-01-15', [{ type: 'at', at: '2027-01-14T16:00:00Z' }], ['Red', 'Work'], 'high'],
    ['Companies: not-supported'],
  ])
  assert.deepEqual(only(done!, 'completed_at', 'notes'), ['2026-11-02T08:00:00Z', []])
  const [plan] = csv(
    'Task ID,Task Name,Bucket Name,Progress,Priority,Assigned To,Created By,Created Date,Start date,Due date,Is Recurring,Late,Completed Date,Completed By,Completed Checklist Items,Checklist Items,Labels,Description\n' +
      'x1,Move,Office,In progress,Urgent,Ada,Bob,01/02/2026,,12/24/2026,true,false,,,0/2,Pack;Drive,Blue;Red,Text\n',
  )
  assert.deepEqual(only(plan!, 'title', 'category', 'priority', 'due_on', 'tags', 'description', 'notes'), [
    ...['Move', 'Office', 'high', '2026-12-24', ['Blue', 'Red'], 'Text\nStep: Pack\nStep: Drive'],
    [
      ...['Is Recurring: rule-unreadable', 'Checklist Items: in-description'],
      'Assigned To, Completed Checklist Items: not-supported',
    ],
  ])
})

test('lists of Google Tasks and Microsoft To Do, known by their form', () => {
  const [plants, water, paid] = json({
    kind: 'tasks#taskLists',
    items: [
      {
        ...{ kind: 'tasks#tasks', id: 'l', title: 'Home' },
        items: [
          {
            kind: 'tasks#task',
            id: 'a',
            title: 'Plants',
            notes: 'all',
            status: 'needsAction',
            due: '2027-01-05T00:00:00Z',
          },
          {
            id: 'b',
            title: 'Water',
            parent: 'a',
            status: 'needsAction',
            starred: true,
            links: [{ link: 'https://x.example' }],
          },
          {
            id: 'c',
            title: 'Paid',
            status: 'completed',
            completed: '2026-10-01T08:00:00.000Z',
            task_recurrence_id: 'r',
          },
        ],
      },
    ],
  })
  assert.deepEqual(only(plants!, 'title', 'category', 'due_on', 'description', 'notes'), [
    ...['Plants', 'Home', '2027-01-05', 'all', []],
  ])
  assert.deepEqual(only(water!, 'priority', 'description', 'notes'), [
    ...['high', 'Link: https://x.example\nPart of: Plants'],
    ['starred: as-priority', 'links: in-description', 'parent: in-description'],
  ])
  assert.deepEqual(only(paid!, 'completed_at', 'notes'), [
    '2026-10-01T08:00:00.000Z',
    ['task_recurrence_id: rule-unreadable'],
  ])
  const [rent] = json({
    value: [
      {
        ...{
          id: 'm',
          title: 'Rent',
          importance: 'high',
          status: 'notStarted',
          categories: ['Home'],
          hasAttachments: false,
        },
        body: { content: 'Text', contentType: 'text' },
        dueDateTime: { dateTime: '2027-01-04T23:00:00.0000000', timeZone: 'UTC' },
        isReminderOn: true,
        reminderDateTime: { dateTime: '2027-01-05T08:00:00.0000000', timeZone: 'Pacific Standard Time' },
        recurrence: {
          pattern: {
            type: 'relativeMonthly',
            interval: 1,
            month: 0,
            dayOfMonth: 0,
            daysOfWeek: ['tuesday'],
            index: 'first',
          },
          range: { type: 'noEnd', startDate: '2027-01-05' },
        },
        checklistItems: [{ displayName: 'Look', isChecked: true }],
        linkedResources: [{ webUrl: 'https://x.example' }],
      },
    ],
  })
  assert.deepEqual(only(rent!, 'due_on', 'priority', 'tags', 'recurrence_rule', 'reminders', 'description', 'notes'), [
    ...['2027-01-05', 'high', ['Home'], 'FREQ=MONTHLY;INTERVAL=1;BYDAY=TU;BYSETPOS=1'],
    [{ type: 'at', at: '2027-01-05T16:00:00Z' }],
    'Text\nDone: Look',
    ['checklistItems: in-description', 'linkedResources: not-supported'],
  ])
})

test('a date with slashes is read by the file, else by the locale, and then it is said', () => {
  const due = (dates: string[], locale: string) =>
    csv(`title,due_date\n${dates.map((date) => `x,"${date}"`).join('\n')}`, { locale }).map((item) => [
      item.due_on ?? item.due_date,
      ...item.notes,
    ])
  const said = 'due_date: date-ambiguous'
  assert.deepEqual(due(['01/02/2026', '03/03/2026'], 'en-US'), [['2026-01-02', said], ['2026-03-03']])
  assert.deepEqual(due(['01/02/2026 5 PM'], 'de-DE'), [['2026-02-01T16:00:00Z', said]])
  assert.deepEqual(due(['01/02/2026', '13/02/2026'], 'en-US'), [['2026-02-01'], ['2026-02-13']])
  assert.deepEqual(due(['12/31/2026', '2/1/2026'], 'de'), [['2026-12-31'], ['2026-02-01']])
  assert.deepEqual(due(['1 Dec 2026', 'December 1st, 2026', '2026/12/1'], 'no locale'), Array(3).fill(['2026-12-01']))
  assert.deepEqual(due(['1. März 2027', '1 mars 2027 9:05'], 'de'), [['2027-03-01'], [undefined]])
  assert.deepEqual(due(['1er décembre 2026', 'mar. 1 déc. 2026'], 'fr'), Array(2).fill(['2026-12-01']))
  for (const odd of ['31/02/2026', '1/2/26', 'tomorrow', '2026-13-01', '2026-12-31 25:00', '12/12/2026 x'])
    assert.match(csv(`title,due_date\nx,${odd}`)[0]!.problem!, /is no date/, odd)
})

test('columns with other names are suggested a mapping, and read by it; what it leaves out is noted', () => {
  const file = 'Aufgabe;Fällig am;Prio;Wer;Erledigt;Titel\nMilch;05.01.2027;hoch;Ada;ja;\n'
  const suggested = { title: 'Aufgabe', due_date: 'Fällig am', priority: 'Prio', is_completed: 'Erledigt' }
  assert.throws(() => csv(file), { place: 'line 1', mapping: suggested })
  const [milk] = csv(file, { mapping: JSON.stringify(suggested) })
  assert.deepEqual(only(milk!, 'title', 'due_on', 'priority', 'completed_at', 'notes'), [
    ...['Milch', '2027-01-05', 'high', now, ['Wer: not-supported']],
  ])
  assert.throws(() => csv('a,b\nx,y'), { mapping: { title: 'a' } })
  const refused: [string, RegExp][] = [
    ['title', /must be a JSON object/],
    ['[]', /must be a JSON object/],
    ['{"owner":"Wer"}', /"owner" is no field/],
    ['{"title":1}', /name of a column/],
    ['{"title":"Was"}', /"was" is no column of the file/],
    ['{"tags":"Wer"}', /the column of the title/],
    ['{"title":"Wer","tags":"wer"}', /twice/],
  ]
  for (const [mapping, message] of refused) assert.throws(() => csv(file, { mapping }), { place: 'mapping', message })
  // A column of ours is taken from elsewhere.
  const [swapped] = csv('title,name\nx,y', { mapping: '{"title":"name"}' })
  assert.deepEqual(only(swapped!, 'title', 'notes'), ['y', ['title (as written): not-supported']])
})

test('what is read as of now has the same name each time', () => {
  const files = [
    'title,is_completed\nx,yes\nx,yes',
    'TYPE,CONTENT,PRIORITY,INDENT,DATE\ntask,x,1,1,every day\ntask,x,1,1,tomorrow',
  ]
  for (const text of files) {
    const [first, later] = [now, '2027-02-03T04:05:06Z'].map((at) =>
      readImport({ type: 'text/csv', text, now: at, time_zone: 'UTC', locale: 'en' }).map(({ uid }) => uid),
    )
    assert.deepEqual(first, later)
    assert.equal(new Set(first).size, 2)
  }
})

test('however many columns a table has that are not used, each is named, or it is said that there are more', () => {
  const names = Array.from({ length: 900 }, (_, index) => `Own field ${index}`)
  const [item] = readImport({
    ...{ type: 'text/csv', now, time_zone: 'UTC', locale: 'en', mapping: '{"title":"Own field 0"}' },
    text: `${names.join(',')}\n${names.join(',')}`,
  })
  assert.equal(item!.notes!.length, 20)
  assert.match(item!.notes![0]!.field, /^Own field 1, Own field 2, /)
  assert.equal(item!.notes!.at(-1)!.reason, 'more-notes')
})
