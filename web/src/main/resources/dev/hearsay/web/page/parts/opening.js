// How a page begins to be looked at.

/** Opens a page. With `play` in the address it begins to play by itself, as a demonstration does: once, not whenever one comes back. */
export async function open(page, route) {
  const isDemonstration = route.get('play') !== '';
  if (isDemonstration) route.note({ play: '' });
  await page.opened?.();
  if (isDemonstration && !page.isPlaying) page.toggle?.();
}
