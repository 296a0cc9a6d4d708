import { useId } from 'react'
import { plural, writeRate } from '../write.ts'
import type { Flow } from './flow.ts'

interface Box {
  name: string
  flows: Flow[]
  y: number
  height: number
}

const width = 1_000
const boxWidth = 250
const [head, row, gap] = [36, 22, 18]
const columns = { publishers: 0, topics: (width - boxWidth) / 2, takers: width - boxWidth }

const stack = (names: string[], flowsOf: (name: string) => Flow[]) => {
  let y = 0
  const boxes = names.map((name): Box => {
    const flows = flowsOf(name)
    const box = { name, flows, y, height: head + flows.length * row + (flows.length > 0 ? 8 : 0) }
    y += box.height + gap
    return box
  })
  return { boxes, height: Math.max(0, y - gap) }
}
const centred = ({ boxes, height }: ReturnType<typeof stack>, whole: number): Box[] =>
  boxes.map((box) => ({ ...box, y: box.y + (whole - height) / 2 }))

interface Properties {
  topics: string[]
  services: string[]
  /** Services that do not answer. */
  away: string[]
  flows: Flow[]
}

/** What goes where, from left to right: services that publish, topics, services that take. As a table below it too. */
export const FlowDiagram = ({ topics, services, away, flows }: Properties) => {
  const id = useId()
  const of = (direction: Flow['direction'], service: string) =>
    flows
      .filter((flow) => flow.direction === direction && flow.service === service)
      .toSorted((a, b) => topics.indexOf(a.topic) - topics.indexOf(b.topic))
  const publishing = services.filter((service) => of('publishes', service).length > 0)
  const stacks = {
    publishers: stack(publishing, (service) => of('publishes', service)),
    topics: stack(topics, () => []),
    takers: stack(services, (service) => of('takes', service)),
  }
  const height = Math.max(...Object.values(stacks).map((each) => each.height)) + 2
  const publishers = centred(stacks.publishers, height)
  const takers = centred(stacks.takers, height)
  // Topics have room: they are spread over the height.
  const step = height / topics.length
  const middle = stacks.topics.boxes.map((box, index) => ({ ...box, y: step * (index + 0.5) - box.height / 2 }))
  const rows = [...publishers, ...takers].flatMap((box) =>
    box.flows.map((flow, index) => ({ flow, y: box.y + head + row * index + row / 2 })),
  )
  return (
    <svg
      role="img"
      aria-labelledby={`${id}-title`}
      viewBox={`-1 -1 ${width + 2} ${height + 2}`}
      className="w-full min-w-[44rem]"
    >
      <title id={`${id}-title`}>{describe(topics, flows)}</title>
      {rows.map(({ flow, y }) => {
        const topic = middle.find(({ name }) => name === flow.topic)
        return topic && <Edge key={`${flow.direction} ${flow.service} ${flow.topic}`} flow={flow} y={y} topic={topic} />
      })}
      {publishers.map((box) => (
        <ServiceBox key={box.name} box={box} x={columns.publishers} />
      ))}
      {middle.map((box) => (
        <TopicBox key={box.name} box={box} />
      ))}
      {takers.map((box) => (
        <ServiceBox key={box.name} box={box} x={columns.takers} isAway={away.includes(box.name)} />
      ))}
    </svg>
  )
}

const describe = (topics: string[], flows: Flow[]) =>
  `Flow of events through ${plural(topics.length, 'topic')}: ${
    flows
      .filter(({ rate }) => rate)
      .map(({ service, direction, topic, rate }) => `${service} ${direction} ${topic}, ${writeRate(rate!)} a second`)
      .join('; ') || 'nothing flows just now'
  }.`

const Edge = ({ flow, y, topic }: { flow: Flow; y: number; topic: Box }) => {
  const isOut = flow.direction === 'publishes'
  const from = isOut ? boxWidth : columns.takers
  const to = isOut ? columns.topics : columns.topics + boxWidth
  const middle = (from + to) / 2
  const end = topic.y + topic.height / 2
  const isFlowing = (flow.rate ?? 0) > 0
  return (
    <path
      d={`M${from} ${y} C${middle} ${y} ${middle} ${end} ${to} ${end}`}
      fill="none"
      strokeWidth={isFlowing ? Math.min(6, 1.5 + Math.log2(1 + flow.rate!)) : 1}
      className={isFlowing ? 'stroke-accent' : 'stroke-edge opacity-40'}
    />
  )
}

const ServiceBox = ({
  box: { name, flows, y, height },
  x,
  isAway = false,
}: {
  box: Box
  x: number
  isAway?: boolean
}) => (
  <g transform={`translate(${x} ${y})`}>
    <rect
      width={boxWidth}
      height={height}
      rx="12"
      className={`fill-surface ${isAway ? 'stroke-danger' : 'stroke-line'}`}
    />
    <text x="14" y="23" className="fill-ink text-[15px] font-medium">
      {name}
    </text>
    {isAway && (
      <text x={boxWidth - 14} y="23" textAnchor="end" className="fill-danger text-[13px]">
        no answer
      </text>
    )}
    {flows.map(({ topic, rate }, index) => (
      <g key={topic} transform={`translate(0 ${head + index * row + row / 2 + 4})`} className="text-[13px]">
        <text x="14" className="fill-muted">
          {topic}
        </text>
        <text x={boxWidth - 14} textAnchor="end" className={`tabular-nums ${rate ? 'fill-accent' : 'fill-muted'}`}>
          {rate === null ? '…' : `${writeRate(rate)}/s`}
        </text>
      </g>
    ))}
  </g>
)

const TopicBox = ({ box: { name, y, height } }: { box: Box }) => (
  <g transform={`translate(${columns.topics} ${y})`}>
    <rect width={boxWidth} height={height} rx={height / 2} className="fill-accent-soft" />
    <text x={boxWidth / 2} y="23" textAnchor="middle" className="fill-ink text-[15px] font-medium">
      {name}
    </text>
  </g>
)
