import { useState } from 'react'
import { Dialog } from '../components/dialog.tsx'
import { Key } from '../components/key.tsx'
import { SwitchField } from '../components/switch-field.tsx'
import { areKeysOn, turnKeys } from './use-keys.ts'

const shortcuts = [
  ['n', 'Add a task'],
  ['j', 'Next task'],
  ['k', 'Previous task'],
  ['x', 'Complete or reopen'],
  ['e', 'Edit the title'],
  ['Enter', 'Open the task'],
  ['s', 'Select several'],
  ['t', 'Due today'],
  ['#', 'Delete'],
  ['/', 'Search'],
  ['c', 'Chat'],
  ['Esc', 'Close, or clear the selection'],
  ['?', 'Show this'],
] as const

export const ShortcutsDialog = ({ onClose }: { onClose: () => void }) => {
  const [isOn, setOn] = useState(areKeysOn)
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <dl className="grid grid-cols-1 gap-x-8 gap-y-2 py-2 sm:grid-cols-2">
        {shortcuts.map(([key, what]) => (
          <div key={key} className="flex items-center justify-between gap-4">
            <dt className="text-sm">{what}</dt>
            <dd>
              <Key>{key}</Key>
            </dd>
          </div>
        ))}
      </dl>
      <div className="mt-3 border-t border-line pt-4">
        <SwitchField
          label="Single keys do something"
          isOn={isOn}
          onChange={(on) => {
            turnKeys(on)
            setOn(on)
          }}
        />
      </div>
    </Dialog>
  )
}
