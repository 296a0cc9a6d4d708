import type { ImportResult } from '../api/openapi.d.ts'

/** Something to say of a file, with the places that it concerns. */
export interface Remark {
  text: string
  /** `line 3`, `line 3, line 4 and 7 more` */
  places: string
  isRefusal: boolean
}

const shown = 3

/** What of a file does not arrive, refused items first; the same of several items is said once. */
export const remarksOn = ({ data }: Pick<ImportResult, 'data'>): Remark[] => {
  const found = new Map<string, { places: string[]; isRefusal: boolean }>()
  const add = (text: string, place: string, isRefusal: boolean) => {
    const known = found.get(text)
    if (known) known.places.push(place)
    else found.set(text, { places: [place], isRefusal })
  }
  for (const { place, status, errors = [] } of data) {
    if (status === 'refused') add(errors.map(({ path, message }) => said(path, message)).join('; '), place, true)
  }
  for (const { place, notes = [] } of data) {
    for (const { field, message } of notes) add(said(field, message), place, false)
  }
  return [...found].map(([text, { places, isRefusal }]) => ({ text, places: placesIn(places), isRefusal }))
}

const said = (field: string, message: string): string => (field ? `${field}: ${message}` : message)

const placesIn = (places: string[]): string => {
  const rest = places.length - shown
  return places.slice(0, shown).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}
