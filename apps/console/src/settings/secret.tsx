import { Copy } from 'lucide-react'
import { Button } from '../components/button.tsx'
import { say } from '../components/toasts.tsx'

/** A secret that is shown once. */
export const Secret = ({ label, value }: { label: string; value: string }) => (
  <div className="rounded-xl bg-accent-soft p-3">
    <p className="pb-1 text-sm">{label} It is shown this once; keep it now.</p>
    <div className="flex items-center gap-2">
      <code className="min-w-0 flex-1 text-sm wrap-anywhere">{value}</code>
      <Button
        look="quiet"
        isIcon
        aria-label="Copy"
        onClick={() => void navigator.clipboard?.writeText(value).then(() => say('Copied'))}
      >
        <Copy size={16} aria-hidden />
      </Button>
    </div>
  </div>
)
