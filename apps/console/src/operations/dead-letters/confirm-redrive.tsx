import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { plural } from '../write.ts'
import { redrive } from './settle.ts'

export const ConfirmRedrive = ({
  ids,
  onDone,
  onClose,
}: {
  ids: string[]
  onDone: () => void
  onClose: () => void
}) => {
  const [isSending, setSending] = useState(false)
  const go = async () => {
    setSending(true)
    await redrive(ids)
    onDone()
  }
  return (
    <Dialog
      title={`Redrive ${plural(ids.length, 'event')}?`}
      description="The consumer handles it again, under the same id: what it has done already is not done twice. If nothing was fixed since, it is parked again."
      onClose={onClose}
    >
      <div className="flex justify-end gap-2 pt-3">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" disabled={isSending} onClick={() => void go()}>
          Redrive
        </Button>
      </div>
    </Dialog>
  )
}
