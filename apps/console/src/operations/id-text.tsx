import { shortId } from './write.ts'

/** A shortened id; hovering shows the whole. */
export const IdText = ({ id }: { id: string | null }) =>
  id === null ? (
    <span className="text-muted">–</span>
  ) : (
    <code title={id} className="whitespace-nowrap">
      {shortId(id)}
    </code>
  )
