/** A content line of a calendar (RFC 5545, 3.1). Read here and not by ical.js, which refuses or drops what is odd. */
export interface CalendarProperty {
  /** In capitals. */
  name: string
  parameters: Record<string, string>
  /** As written. */
  value: string
}

const maxParameters = 50

/** Undefined when it is none. */
export const readProperty = (content: string): CalendarProperty | undefined => {
  const colon = endOfHead(content)
  if (colon < 1) return undefined
  const [name = '', ...parameters] = splitUnquoted(content.slice(0, colon), ';', maxParameters)
  return {
    name: name.trim().toUpperCase(),
    parameters: Object.fromEntries(
      parameters.map((parameter) => {
        const [key = '', ...value] = parameter.split('=')
        // vCalendar 1.0 leaves out the names.
        if (value.length === 0) return ['ENCODING', key.toUpperCase()]
        return [key.trim().toUpperCase(), value.join('=').replaceAll('"', '').trim()]
      }),
    ),
    value: content.slice(colon + 1),
  }
}

const endOfHead = (content: string): number => {
  const first = content.indexOf(':')
  if (first < 0) return -1
  if (!content.slice(0, first).includes('"')) return first
  let quoted = false
  for (let at = 0; at < content.length; at++) {
    if (content[at] === '"') quoted = !quoted
    else if (content[at] === ':' && !quoted) return at
  }
  return first
}

const splitUnquoted = (text: string, separator: string, most: number): string[] => {
  if (!text.includes('"')) return text.split(separator, most)
  const parts: string[] = []
  let [from, quoted] = [0, false]
  for (let at = 0; at < text.length && parts.length < most; at++) {
    if (text[at] === '"') quoted = !quoted
    else if (text[at] === separator && !quoted) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, text.slice(from)]
}

/** The text of a property, decoded and without escapes. */
export const textOf = ({ parameters, value }: CalendarProperty): string =>
  unescapeText(parameters.ENCODING === 'QUOTED-PRINTABLE' ? quotedPrintable(value, parameters.CHARSET) : value)

/** The texts of a list. */
export const textsOf = (property: CalendarProperty): string[] =>
  // A comma after an even number of backslashes.
  (property.value.match(/(?:\\[\s\S]|[^\\,])+/g) ?? []).map((value) => textOf({ ...property, value }))

const unescapeText = (text: string): string =>
  text.replaceAll(/\\([\\;,:"nN])/g, (_, escaped: string) => (escaped === 'n' || escaped === 'N' ? '\n' : escaped))

const quotedPrintable = (text: string, charset = 'utf-8'): string => {
  const bytes = Buffer.from(text.replaceAll(/=([\dA-F]{2})/gi, (_, hex: string) => `\0${hex}`))
  const octets: number[] = []
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 0) octets.push(bytes[at]!)
    else {
      octets.push(Number.parseInt(bytes.toString('latin1', at + 1, at + 3), 16))
      at += 2
    }
  }
  try {
    return new TextDecoder(charset, { fatal: true }).decode(Uint8Array.from(octets))
  } catch {
    return text
  }
}
