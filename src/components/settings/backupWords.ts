/** What importing a backup would add, in words. */

/** What is counted before and after importing. */
export interface News {
  readonly orders: number
  readonly facts: number
  readonly texts: number
  readonly carts: number
  readonly unsent: number
  readonly settings: boolean
}

/** "1 order", "2 orders". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

/** One line for each kind of news; none where the backup brings nothing. */
export const newsLines = (news: News): readonly string[] => [
  ...(news.orders > 0 ? [`${counted(news.orders, 'order')} that this browser does not have`] : []),
  ...(news.facts > 0
    ? [
        `${counted(news.facts, 'new entry', 'new entries')} in the story of your orders, such as payments`,
      ]
    : []),
  ...(news.texts > 0 ? [counted(news.texts, 'message')] : []),
  ...(news.carts > 0 ? [`changes to ${counted(news.carts, 'cart')}`] : []),
  ...(news.unsent > 0
    ? [`${counted(news.unsent, 'message')} that no relay has yet: sent after importing`]
    : []),
  ...(news.settings ? ['your settings'] : []),
]
