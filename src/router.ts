/** The pages and their addresses. Every page but the market is loaded when it is opened. */
import { createRouter, createWebHistory, type RouteLocation, type RouteRecordRaw } from 'vue-router'
import MarketPage from '@/pages/MarketPage.vue'

/** `key` is not a name that a component can have for a prop. */
const orderKeyProp = (route: RouteLocation) => ({ orderKey: route.params.key })

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'market', component: MarketPage, meta: { title: 'Market' } },
  {
    path: '/product/:address',
    name: 'product',
    component: () => import('@/pages/ProductPage.vue'),
    props: true,
  },
  {
    path: '/stall/:address',
    name: 'stall',
    component: () => import('@/pages/StallPage.vue'),
    props: true,
  },
  {
    path: '/cart',
    name: 'cart',
    component: () => import('@/pages/CartPage.vue'),
    meta: { title: 'Cart' },
  },
  {
    path: '/checkout/:stall',
    name: 'checkout',
    component: () => import('@/pages/CheckoutPage.vue'),
    props: (route) => ({ stallAddress: route.params.stall }),
    meta: { personal: true, title: 'Checkout' },
  },
  {
    path: '/orders',
    name: 'orders',
    component: () => import('@/pages/OrdersPage.vue'),
    meta: { personal: true, title: 'Orders' },
  },
  {
    path: '/orders/:key',
    name: 'order',
    component: () => import('@/pages/OrderPage.vue'),
    props: orderKeyProp,
    meta: { personal: true, title: 'Order' },
  },
  {
    path: '/merchant',
    name: 'merchant',
    component: () => import('@/pages/MerchantPage.vue'),
    meta: { personal: true, title: 'Incoming orders' },
  },
  {
    path: '/merchant/:key',
    name: 'incoming-order',
    component: () => import('@/pages/IncomingOrderPage.vue'),
    props: orderKeyProp,
    meta: { personal: true, title: 'Incoming order' },
  },
  {
    path: '/account',
    name: 'account',
    component: () => import('@/pages/AccountPage.vue'),
    meta: { personal: true, title: 'Account' },
  },
  { path: '/settings', redirect: { name: 'settings-privacy' } },
  {
    path: '/settings/privacy',
    name: 'settings-privacy',
    component: () => import('@/pages/SettingsPrivacyPage.vue'),
    meta: { title: 'Privacy' },
  },
  {
    path: '/settings/security',
    name: 'settings-security',
    component: () => import('@/pages/SettingsSecurityPage.vue'),
    meta: { title: 'Keys and lock' },
  },
  {
    path: '/settings/messages',
    name: 'settings-messages',
    component: () => import('@/pages/SettingsMessagesPage.vue'),
    meta: { personal: true, title: 'Unreadable messages' },
  },
  {
    path: '/settings/data',
    name: 'settings-data',
    component: () => import('@/pages/SettingsDataPage.vue'),
    meta: { personal: true, title: 'Your data' },
  },
  {
    path: '/:rest(.*)*',
    name: 'not-found',
    component: () => import('@/pages/NotFoundPage.vue'),
    meta: { title: 'Not found' },
  },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
})
