import { type ReadEntry, textIn } from './calendar-entry.ts'
import { type AddedLine, withLines } from './import-text.ts'

/** Some title: those of others may be empty. */
export const titleOf = (entry: ReadEntry): string => {
  const title = textIn(entry, 'SUMMARY')?.trim()
  if (title) return title
  // What cannot be read is not untitled.
  if (entry.notes.list.some(({ field, reason }) => field.toUpperCase() === 'SUMMARY' && reason === 'unreadable'))
    return ''
  const instead = [textIn(entry, 'DESCRIPTION'), textIn(entry, 'LOCATION')].map((text) =>
    text?.trim().split('\n', 1)[0]?.slice(0, 100),
  )
  const chosen = instead.find((text) => text) ?? (entry.kind === 'VEVENT' ? 'Untitled event' : 'Untitled task')
  entry.notes.changed('SUMMARY', 'untitled', `it has no title; it is called "${chosen}"`)
  return chosen
}

/** The description, followed by what tasks have no field for. */
export const descriptionOf = (entry: ReadEntry, titles: Map<string, string>): { description?: string } => {
  const lines = [
    ...labelled(entry, 'LOCATION', 'Location'),
    ...labelled(entry, 'URL', 'Link'),
    ...partOf(entry, titles),
  ]
  const description = withLines(textIn(entry, 'DESCRIPTION') || plainText(entry), lines, entry.notes)
  return description ? { description } : {}
}

const labelled = (entry: ReadEntry, name: string, label: string): AddedLine[] => {
  const text = textIn(entry, name)?.trim()
  return text ? [[name, `${label}: ${text}`]] : []
}

const partOf = (entry: ReadEntry, titles: Map<string, string>): AddedLine[] => {
  const [relation] = (entry.properties.get('RELATED-TO') ?? []).filter(
    ({ parameters }) => (parameters.RELTYPE ?? 'PARENT').toUpperCase() === 'PARENT',
  )
  const title = relation && titles.get(relation.value.trim())
  if (title) return [['RELATED-TO', `Part of: ${title}`]]
  if (entry.properties.has('RELATED-TO'))
    entry.notes.leftOut('RELATED-TO', 'not-supported', 'what it belongs to is not in this file')
  return []
}

/** Outlook may have a description as HTML only. */
const plainText = (entry: ReadEntry): string => {
  const html = textIn(entry, 'X-ALT-DESC')
  if (!html) return ''
  entry.notes.changed('X-ALT-DESC', 'as-text', 'the description is kept as text, without its layout')
  return html
    .replaceAll(/<(?:br|\/p|\/div)[^<>]{0,200}>/gi, '\n')
    .replaceAll(/<[^<>]{0,2000}>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim()
}
