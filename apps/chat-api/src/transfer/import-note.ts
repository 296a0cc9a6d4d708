/** Something of a file that did not arrive as it is written there. */
export interface ImportNote {
  /** `changed`: it arrived in another form; `left_out`: it did not arrive. */
  what: 'changed' | 'left_out'
  /** As the file calls it: `TRIGGER`, `Due Date`. */
  field: string
  /** For programs, the same for all of its kind: `alarm-unreadable`. */
  reason: string
  /** For people. */
  message: string
}

/** The most notes of an item; a file could ask for millions. */
const maxNotes = 20

const more: ImportNote = {
  what: 'left_out',
  field: '',
  reason: 'more-notes',
  message: 'more of it did not arrive as it is written than is listed here',
}

/** Collects what is to be said of an item. */
export const createNotes = () => {
  const list: ImportNote[] = []
  const add = (what: ImportNote['what'], field: string, reason: string, message: string): void => {
    if (list.length < maxNotes - 1)
      list.push({ what, field: field.slice(0, 200), reason, message: message.slice(0, 300) })
    else if (list.length < maxNotes) list.push(more)
  }
  return {
    list,
    /** Takes back what turned out not to be so, by its reason. */
    withdraw: (reasons: RegExp) => {
      list.splice(0, list.length, ...list.filter(({ reason }) => !reasons.test(reason)))
    },
    changed: (field: string, reason: string, message: string) => add('changed', field, reason, message),
    leftOut: (field: string, reason: string, message: string) => add('left_out', field, reason, message),
  }
}
export type Notes = ReturnType<typeof createNotes>

/** What fits the name of a field in a note. */
const longest = 180

/** Names what is not used, as many at a time as fit into a note. */
export const noteUnused = (names: string[], notes: Notes): void => {
  let list = ''
  const say = () => {
    if (list) notes.leftOut(list, 'not-supported', 'tasks have nothing like it')
    list = ''
  }
  for (const name of names.map((each) => each.slice(0, longest))) {
    if (list.length + name.length > longest) say()
    list = list ? `${list}, ${name}` : name
  }
  say()
}

/** How often each reason occurs. */
export const countReasons = (notes: ImportNote[][]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { reason } of notes.flat()) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}
