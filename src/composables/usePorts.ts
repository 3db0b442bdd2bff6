/** The app's ports, provided once by the wiring. */
import { inject, type InjectionKey } from 'vue'
import type { AppPorts } from '@/actions/ports'

export const portsKey: InjectionKey<AppPorts> = Symbol('ports')

/** The ports. Throws outside of an app that provides them. */
export function usePorts(): AppPorts {
  const ports = inject(portsKey)
  if (!ports) throw new Error('No ports are provided')
  return ports
}
