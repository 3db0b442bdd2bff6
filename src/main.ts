/** Starts the app: configuration, stores, ports, router, page. */
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { portsKey } from '@/composables/usePorts'
import App from './App.vue'
import { loadConfig } from './config'
import { router } from './router'
import { createPorts } from './services'
import { installTrustedTypes } from './trustedTypes'
import './style.css'

async function start(): Promise<void> {
  const config = await loadConfig()
  if (!config.ok) {
    const { default: SetupProblem } = await import('@/components/layout/SetupProblem.vue')
    createApp(SetupProblem, { problem: config.reason }).mount('#app')
    return
  }
  createApp(App)
    .use(createPinia())
    .use(router)
    .provide(portsKey, createPorts(config.value))
    .mount('#app')
}

installTrustedTypes()
void start()
