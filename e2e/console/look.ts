import assert from 'node:assert/strict'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/**
 * Asserts that the page is accessible (axe, WCAG 2.2 AA) and not wider than the screen, nor `within`, a CSS selector,
 * than its box.
 */
export const look = async (page: Page, about: string, within = '#main'): Promise<void> => {
  // Text that is fading in does not have its final colour yet.
  await page.evaluate('Promise.all(document.getAnimations().map((each) => each.finished.catch(() => {})))')
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  assert.deepEqual(
    serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`),
    [],
    about,
  )
  const wide = await page.evaluate<boolean>(
    `[document.documentElement, ...document.querySelectorAll('${within}')].some((each) => each.scrollWidth > each.clientWidth)`,
  )
  assert.equal(wide, false, `${about} is wider than the screen`)
}
