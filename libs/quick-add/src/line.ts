/** What a part of the text means. */
export type Meaning = 'due_date' | 'due_on' | 'recurrence' | 'priority' | 'tag' | 'category' | 'reminder'

/** A part of the text that was understood. `start` and `end` count UTF-16 code units, as JavaScript's strings do. */
export interface Understood {
  text: string
  start: number
  end: number
  means: Meaning
  value: unknown
  sentence: string
}

/** A part of the text that looks like a date, rule or reminder, and stays in the title. */
export interface NotUnderstood {
  text: string
  start: number
  end: number
}

/**
 * The text while it is read: each reader takes what it understands, and the rest is the title. In `left` the parts
 * taken are overwritten with `;`, so that positions stay the same and no phrase reaches across them.
 */
export interface Line {
  left: string
  understood: Understood[]
  /** Records what a part means. Returns the record, whose value may be set later. */
  take: (start: number, end: number, means: Meaning, value: unknown, sentence: string) => Understood
  /** Keeps a part for the title as it is, without the quotes around it. */
  quote: (start: number, end: number) => void
  /** Keeps a part for the title, whatever it seems to mean. */
  keep: (start: number, end: number) => void
  /** The text that no reader took. */
  title: () => string
}

export const createLine = (text: string): Line => {
  const quoted: { start: number; end: number }[] = []
  const mask = (start: number, end: number) => {
    line.left = line.left.slice(0, start) + ';'.repeat(end - start) + line.left.slice(end)
  }
  const line: Line = {
    left: text,
    understood: [],
    take: (start, end, means, value, sentence) => {
      mask(start, end)
      const part = { text: text.slice(start, end), start, end, means, value, sentence }
      line.understood.push(part)
      return part
    },
    quote: (start, end) => {
      mask(start, end)
      quoted.push({ start, end })
    },
    keep: mask,
    title: () => {
      const gone = [
        ...line.understood,
        ...quoted.flatMap(({ start, end }) => [
          { start, end: start + 1 },
          { start: end - 1, end },
        ]),
      ].toSorted((a, b) => a.start - b.start)
      let rest = ''
      let from = 0
      for (const { start, end } of gone) {
        // Quotes are removed, everything else leaves a mark.
        rest += text.slice(from, start) + (quoted.some((each) => each.start === start || each.end === end) ? '' : gap)
        from = end
      }
      return tidy(rest + text.slice(from))
    },
  }
  return line
}

/** Stands for a part that was taken; text itself never has it. */
const gap = '\uE000'

/** Closes the gaps: signs that belonged to what was taken go with it. */
const tidy = (text: string): string =>
  text
    .replaceAll(/[([]\s*\uE000(?:\s|\uE000)*[)\]]/g, gap)
    .replaceAll(/^[\s\uE000]*\uE000[\s\uE000]*[.,;:!?–—-]+(?=\s|$)/g, '')
    .replaceAll(/(?<=\uE000)[.!]+$/g, '')
    .replaceAll(/\s*\uE000[\s\uE000]*(?=[.,;:!?](?:\s|$|\uE000))/g, '')
    .replaceAll(/(?<=\s)[–—-]\s*\uE000[\s\uE000]*$/g, '')
    .replaceAll(gap, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[\s,;]+|[\s,;]+$/g, '')
