import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Puts a compressed copy beside each asset, so that nobody compresses while people wait. */
const compressed = (): Plugin => ({
  name: 'compressed',
  apply: 'build',
  writeBundle: async ({ dir = 'dist' }) => {
    const assets = join(dir, 'assets')
    for (const name of await readdir(assets)) {
      if (!/\.(js|css)$/.test(name)) continue
      const text = await readFile(join(assets, name))
      await writeFile(join(assets, `${name}.br`), await promisify(brotliCompress)(text))
      await writeFile(join(assets, `${name}.gz`), await promisify(gzip)(text, { level: 9 }))
    }
  },
})

/** `npx vite` in this folder shows the page while it is being changed, on the data of a running `npm start`. */
const api = process.env.CHAT_API_URL ?? 'http://localhost:8080'

export default defineConfig({
  plugins: [react(), tailwind(), compressed()],
  build: { target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
  server: { proxy: { '/api': api, '/openapi.json': api } },
})
