/** What the person looks for: query and category, kept in the address so that it can be shared. */
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { searchProducts } from '@/domain/search'
import { useCatalogueStore } from '@/stores/catalogue'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export function useSearch() {
  const route = useRoute()
  const router = useRouter()
  const catalogue = useCatalogueStore()

  const query = computed({
    get: () => text(route.query.q),
    set: (q) => void go({ q, category: text(route.query.category) }),
  })
  const category = computed({
    get: () => text(route.query.category) || null,
    set: (chosen) => void go({ q: text(route.query.q), category: chosen ?? '' }),
  })

  /** Typing replaces the address; coming from another page is a step that "back" undoes. */
  function go(next: { q: string; category: string }) {
    const filled = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== ''))
    const target = { name: 'market', query: filled }
    return route.name === 'market' ? router.replace(target) : router.push(target)
  }

  const matches = computed(() =>
    searchProducts(catalogue.products, query.value, (product) => ({
      stall: catalogue.stall(product.stallAddress)?.name ?? '',
      merchant: catalogue.profile(product.merchant)?.name ?? '',
    })),
  )
  const found = computed(() =>
    category.value === null
      ? matches.value
      : matches.value.filter((product) => product.categories.includes(category.value ?? '')),
  )
  const categories = computed(() => {
    const counts = new Map<string, number>()
    for (const product of matches.value) {
      for (const name of product.categories) counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    return [...counts]
      .map(([name, count]) => ({ name, count }))
      .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name))
  })

  return { query, category, found, categories }
}
