import { shortId } from './write.ts'

/** An id, short; the whole of it on pointing at it. */
export const IdText = ({ id }: { id: string | null }) =>
  id === null ? (
    <span className="text-muted">–</span>
  ) : (
    <code title={id} className="whitespace-nowrap">
      {shortId(id)}
    </code>
  )
