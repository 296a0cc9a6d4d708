import { useEffect, useRef } from 'react'
import { isCovered } from '../components/is-covered.ts'

const storageKey = 'taskflow.shortcuts'

/** Whether single-key shortcuts are on; people who dictate or mistype turn them off (WCAG 2.1.4). */
export const areKeysOn = (): boolean => localStorage.getItem(storageKey) !== 'off'
export const turnKeys = (on: boolean): void => localStorage.setItem(storageKey, on ? 'on' : 'off')

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    ['TEXTAREA', 'SELECT'].includes(target.tagName) ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox'))

/** Single-key shortcuts, by `KeyboardEvent.key`. Ignored while typing, and while a dialog or menu is open. */
export const useKeys = (keys: [key: string, act: () => void][]): void => {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || !areKeysOn()) return
      if (isTyping(event.target) || isCovered()) return
      const found = latest.current.find(([key]) => key === event.key)
      if (!found) return
      event.preventDefault()
      found[1]()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
