/** Build, development server and unit-test settings. */
import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { securityHeaders } from './dev/headers.ts'

export default defineConfig({
  plugins: [vue(), tailwindcss()],
  // Every component here and in the libraries uses the composition API.
  define: { __VUE_OPTIONS_API__: 'false' },
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    // The list of what to load ahead lies in the first page: scripts are named for pages only.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (file, needed) =>
        needed.filter((one) => one.endsWith('.css') || file.includes('Page-')),
    },
    manifest: true,
    // What every page needs, in two files: small files compress worse and cost a request each.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'vue',
              test: /node_modules[\\/](@vue|vue|vue-router|pinia|valibot)[\\/]/,
            },
            { name: 'shared', tags: ['$initial'] },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
  preview: { headers: securityHeaders('embedded') },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'tests/independent-relay/**', 'node_modules/**'],
    environment: 'node',
    testTimeout: 15_000,
    // Half of the tests' time is waiting: a worker for every core is not too many.
    maxWorkers: '100%',
  },
})
