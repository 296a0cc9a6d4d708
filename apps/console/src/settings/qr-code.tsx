import { encode } from 'uqr'

/** A QR code, dark on light in every theme: cameras expect it. */
export const QrCode = ({ text, label }: { text: string; label: string }) => {
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  const dark = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} className="size-44 rounded-lg bg-white">
      <path d={dark} fill="black" shapeRendering="crispEdges" />
    </svg>
  )
}
