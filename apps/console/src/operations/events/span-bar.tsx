import type { Story } from '../../api/openapi.d.ts'

const [width, height] = [140, 10]

/** Milliseconds from the outbox to the last consumer. */
export const spanOf = ({ publications, consumers }: Story): number =>
  Math.max(1, ...publications.map((each) => each.publishing_ms ?? 0), ...consumers.map((each) => each.total_ms ?? 0))

/** A span within the whole way of an event. The figures beside it say the same. */
export const SpanBar = ({ from, to, whole }: { from: number | null; to: number | null; whole: number }) => {
  const x = (milliseconds: number) => (milliseconds / whole) * width
  return (
    <svg aria-hidden="true" width={width} height={height} className="my-1.5">
      <rect width={width} height={height} rx="5" className="fill-sunken" />
      {from !== null && to !== null && (
        <rect x={x(from)} width={Math.max(2, x(to) - x(from))} height={height} rx="2" className="fill-accent" />
      )}
    </svg>
  )
}
