// Lists that change while people read and press them.

/** Gives the parent these children in this order; those that stay where they are keep the focus. */
export function arrange(parent, wanted) {
  const stay = new Set(wanted);
  for (const child of [...parent.children]) if (!stay.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const child of wanted) {
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
  }
}

/** Moves the focus among these elements with the arrow keys; only one of them is on the way of the Tab key. */
export function roam(root, elements) {
  root.addEventListener('keydown', (event) => {
    const all = elements();
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    all[Math.min(all.length - 1, Math.max(0, to))].focus();
  });
  root.addEventListener('focusin', (event) => {
    if (elements().includes(event.target)) onTheWay(elements(), event.target);
  });
}

/** Puts one of them on the way of the Tab key. */
export function onTheWay(elements, wanted) {
  for (const element of elements) element.tabIndex = element === wanted ? 0 : -1;
}
