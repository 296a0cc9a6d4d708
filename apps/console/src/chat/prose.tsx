import { memo } from 'react'
import { type Block, readProse } from './read-prose.ts'

/** The text of the assistant. Nothing in it becomes a link or an image. */
export const Prose = memo(({ text }: { text: string }) => (
  <div className="flex flex-col gap-2 break-words [overflow-wrap:anywhere]">
    {readProse(text).map((block, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: text only grows
      <ProseBlock key={index} block={block} />
    ))}
  </div>
))

const ProseBlock = ({ block }: { block: Block }) => {
  if (block.kind === 'text') return <p className="whitespace-pre-line">{block.lines.join('\n')}</p>
  const List = block.items[0]!.number === undefined ? 'ul' : 'ol'
  return (
    <List className={`flex flex-col gap-1 pl-6 ${List === 'ol' ? 'list-decimal' : 'list-disc'}`}>
      {block.items.map(({ number, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: text only grows
        <li key={index} value={number} className="whitespace-pre-line pl-1 marker:text-muted">
          {text}
        </li>
      ))}
    </List>
  )
}
