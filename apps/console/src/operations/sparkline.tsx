import { writeSpan } from './write.ts'

const [width, height, edge] = [100, 24, 2]

/** A figure over time as a line. Its label says the current and the greatest value. */
export const Sparkline = ({
  label,
  points,
  write = String,
}: {
  label: string
  points: { at: number; value: number }[]
  write?: (value: number) => string
}) => {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || points.length < 2) return <span className="text-xs text-muted">Measuring …</span>
  const greatest = Math.max(...points.map(({ value }) => value))
  const span = Math.max(1, last.at - first.at)
  const x = (at: number) => (edge + ((at - first.at) / span) * (width - 2 * edge)).toFixed(1)
  const y = (value: number) => (height - edge - (value / Math.max(1, greatest)) * (height - 2 * edge)).toFixed(1)
  const line = points.map(({ at, value }) => `${x(at)},${y(value)}`).join(' ')
  const words = `${label} in the last ${writeSpan(span)}: ${write(last.value)} now, ${write(greatest)} at most`
  return (
    <svg role="img" aria-label={words} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <title>{words}</title>
      <polygon
        className="fill-accent-soft"
        points={`${x(first.at)},${height - edge} ${line} ${x(last.at)},${height - edge}`}
      />
      <polyline className="stroke-accent" fill="none" strokeWidth="1.5" strokeLinejoin="round" points={line} />
      <circle className="fill-accent" cx={x(last.at)} cy={y(last.value)} r="2" />
    </svg>
  )
}
