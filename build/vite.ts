import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build, type InlineConfig, type Plugin } from 'vite'
import { cutFonts, fontFolder } from './fonts.ts'
import { root, stampBuild } from './sources.ts'


/** What every part shares: nothing is read from the environment, nothing is guessed from a configuration file. */
const common = { root, configFile: false, envDir: false, logLevel: 'warn', publicDir: false } as const satisfies InlineConfig

/** Small packages of many files, which load several times faster out of one. */
const bundled = ['zod', 'jose', 'intl-messageformat', /^@formatjs\//, /^temporal-/]

/** A part that runs on Node: one file; packages with native parts, and large ones that are loaded late, are left where npm put them. */
function nodePart(entry: string, folder: string, output: { readonly file: string; readonly format: 'es' | 'cjs' }): InlineConfig {
  return {
    ...common,
    ssr: { target: 'node', noExternal: bundled, external: ['@napi-rs/canvas', '@zxing/library', 'pcsclite', 'serialport', 'sharp'] },
    build: {
      ssr: join(root, entry),
      outDir: join(root, 'dist', folder),
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      sourcemap: false,
      rolldownOptions: { external: ['electron'], output: { format: output.format, entryFileNames: output.file, codeSplitting: false } },
    },
  }
}

/** LiteRT's loader is plain script that leaves its factory in a variable: as a module of a page it has to hand it out, and needs nothing of Node. */
const liteRtAsModule: Plugin = {
  name: 'litert-as-module',
  transform: (code, id) =>
    /@litertjs\/core\/wasm\/[^/]+\.js$/.test(id)
      ? { code: code.replace(/if \(typeof exports === 'object'[^]*$/, 'export { ModuleFactory }').replaceAll(/require\("node:\w+"\)/g, 'null'), map: null }
      : null,
}

/** The pages: two entries, minified, every asset a file of its own because the content security policy knows no `data:`. */
const renderer: InlineConfig = {
  ...common,
  root: join(root, 'renderer'),
  base: '/',
  resolve: { alias: { '@booth-fonts': fontFolder } },
  plugins: [react(), { name: 'cut-fonts', buildStart: cutFonts }],
  worker: { format: 'es', plugins: () => [liteRtAsModule] },
  build: {
    outDir: join(root, 'dist', 'renderer'),
    emptyOutDir: true,
    target: 'chrome148',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4096,
    // Cutting the fonts takes a while, and that is known.
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: ['index', 'panel', 'out-of-service', 'sheet'].map((page) => join(root, 'renderer', `${page}.html`)),
    },
  },
}

/** The parts of the application, each built into `dist/<name>`. */
export const parts: Readonly<Record<string, InlineConfig>> = {
  shell: nodePart('main/shell/main.ts', 'shell', { file: 'main.js', format: 'es' }),
  preload: nodePart('main/shell/preload.ts', 'preload', { file: 'preload.cjs', format: 'cjs' }),
  booth: nodePart('main/booth-entry.ts', 'booth', { file: 'main.js', format: 'es' }),
  devices: nodePart('hardware/host-entry.ts', 'devices', { file: 'main.js', format: 'es' }),
  renderer,
}

/** Builds every part. */
export async function buildAll(): Promise<void> {
  const done = stampBuild()
  for (const part of Object.values(parts)) await build(part)
  done()
}
