import { Copy } from 'lucide-react'
import { Button } from '../components/button.tsx'
import { say } from '../components/toasts.tsx'

/** Preformatted text. */
export const CodeBlock = ({ label, text }: { label: string; text: string }) => (
  <div className="card relative">
    <Button
      look="quiet"
      isIcon
      aria-label={`Copy: ${label}`}
      className="absolute top-1 right-1 bg-surface"
      onClick={() => void navigator.clipboard?.writeText(text).then(() => say('Copied'))}
    >
      <Copy size={16} aria-hidden />
    </Button>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard */}
    <section aria-label={label} tabIndex={0} className="max-h-[32rem] overflow-auto p-4 pr-12">
      <pre className="text-xs leading-5 whitespace-pre-wrap wrap-anywhere">{text}</pre>
    </section>
  </div>
)

/** JSON with line breaks; other text as it is. */
export const inLines = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
