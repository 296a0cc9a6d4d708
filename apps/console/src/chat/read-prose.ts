/** Text as paragraphs and lists; no other markup is recognised. */
export type Block = { kind: 'text'; lines: string[] } | { kind: 'list'; items: { number?: number; text: string }[] }

export const readProse = (text: string): Block[] => {
  const blocks: Block[] = []
  let isNew = true
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      isNew = true
      continue
    }
    const last = isNew ? undefined : blocks.at(-1)
    const [, number, dotted, dashed] = /^\s*(?:(\d{1,4})[.)]\s+(.+)|[-*•]\s+(.+))$/.exec(line) ?? []
    const item = dotted ?? dashed
    if (item !== undefined) {
      const entry = { ...(number === undefined ? {} : { number: Number(number) }), text: item }
      const isSame = (block: Block | undefined) =>
        block?.kind === 'list' && (block.items[0]!.number === undefined) === (number === undefined)
      // There may be blank lines between items.
      const list = isSame(last) ? last : isNew && isSame(blocks.at(-1)) ? blocks.at(-1) : undefined
      if (list?.kind === 'list') list.items.push(entry)
      else blocks.push({ kind: 'list', items: [entry] })
    } else if (last?.kind === 'text') last.lines.push(line)
    else if (last?.kind === 'list' && /^\s/.test(line)) last.items.at(-1)!.text += `\n${line.trim()}`
    else blocks.push({ kind: 'text', lines: [line] })
    isNew = false
  }
  return blocks
}
