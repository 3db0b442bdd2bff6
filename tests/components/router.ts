/** A router that knows every address, for components that link somewhere. */
import { createMemoryHistory, createRouter } from 'vue-router'

export const anyRouter = () =>
  createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:path(.*)*', component: { template: '<div />' } }],
  })
