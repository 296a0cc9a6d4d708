/** Light, dark, or as the system has it. Kept in this browser. */
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const key = 'taskflow.theme'

export const readTheme = (): Theme => themes.find((each) => each === localStorage.getItem(key)) ?? 'system'

export const applyTheme = (theme = readTheme()): void => {
  document.documentElement.dataset.theme = theme
}

export const keepTheme = (theme: Theme): void => {
  localStorage.setItem(key, theme)
  applyTheme(theme)
}
