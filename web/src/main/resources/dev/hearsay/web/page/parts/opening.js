// How a page begins to be looked at.

const seen = new WeakSet();

/** Opens a page. With `play` in the address it begins to play by itself, as a demonstration does; whoever comes back finds it as it was left. */
export async function open(page, route) {
  const isDemonstration = route.get('play') !== '';
  if (isDemonstration) route.note({ play: '' });
  const isFirst = !seen.has(page);
  seen.add(page);
  await page.opened?.();
  if (isDemonstration && isFirst) page.keys?.[' ']?.();
}
