import { useState } from 'react'
import { SwitchField } from '../components/switch-field.tsx'
import { areKeysOn, turnKeys } from '../tasks/use-keys.ts'
import { Section } from './section.tsx'
import { keepTheme, readTheme, themes } from './theme.ts'

const names = { system: 'As the system', light: 'Light', dark: 'Dark' }

/** Colours and keys, in this browser. */
export const AppearanceSection = () => {
  const [theme, setTheme] = useState(readTheme)
  const [keys, setKeys] = useState(areKeysOn)
  return (
    <Section title="Appearance" about="In this browser">
      <fieldset>
        <legend className="sr-only">Colours</legend>
        <div className="flex flex-wrap gap-2">
          {themes.map((each) => (
            <label
              key={each}
              className="relative grid min-h-10 cursor-pointer place-items-center rounded-lg border border-edge px-4 text-sm font-medium has-checked:border-accent has-checked:bg-accent-soft has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name="theme"
                className="absolute inset-0 cursor-pointer appearance-none outline-none"
                checked={theme === each}
                onChange={() => {
                  keepTheme(each)
                  setTheme(each)
                }}
              />
              {names[each]}
            </label>
          ))}
        </div>
      </fieldset>
      <SwitchField
        label="Keyboard shortcuts"
        hint="Single keys on the page of tasks; ? shows them"
        isOn={keys}
        onChange={(on) => {
          turnKeys(on)
          setKeys(on)
        }}
      />
    </Section>
  )
}
