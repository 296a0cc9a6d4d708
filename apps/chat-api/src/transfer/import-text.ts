import type { Notes } from './import-note.ts'

const longest = 10_000

/** What tasks have no field for, as a line of the description, by what the file calls it. */
export type AddedLine = [field: string, line: string]

/** A description, followed by those lines that it does not have yet, if there is room. Notes say so. */
export const withLines = (text: string, lines: AddedLine[], notes: Notes): string => {
  const added = lines.filter(([, line]) => !text.includes(line))
  const whole = [...(text ? [text] : []), ...added.map(([, line]) => line)].join('\n')
  const fits = whole.length <= longest || text.length > longest
  for (const field of new Set(added.map(([name]) => name))) {
    if (fits) notes.changed(field, 'in-description', 'it is kept in the description')
    else notes.leftOut(field, 'no-room', 'the description has no room for it')
  }
  return fits ? whole : text
}
