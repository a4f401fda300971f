// Who had a message from whom, as a tree.

/**
 * One node in the tree.
 *
 * @typedef {{node: number, arrival: object?, parent: Branch?, children: Branch[], size: number, depth: number}} Branch
 * `size` counts the nodes that have the message by way of this one, itself included
 */

/** The branches of the nodes that have the message: first the origin's, then those of nodes whose sender is not known here. */
export function deliveryTree(origin, arrivals) {
  const branches = new Map();
  const make = (node, arrival) => ({ node, arrival, parent: null, children: [], size: 1, depth: 0 });
  for (const arrival of arrivals) branches.set(arrival.node, make(arrival.node, arrival));
  if (origin >= 0 && !branches.has(origin)) branches.set(origin, make(origin, null));
  const inOrder = [...branches.values()].sort((a, b) => (a.arrival?.at ?? 0) - (b.arrival?.at ?? 0));
  for (const branch of inOrder) {
    const sender = branch.node === origin ? undefined : branches.get(branch.arrival.from);
    if (!sender || sender === branch || isBelow(sender, branch)) continue;
    branch.parent = sender;
    sender.children.push(branch);
  }
  const roots = inOrder.filter((branch) => branch.parent === null).sort((a, b) => (b.node === origin) - (a.node === origin));
  const order = preorder(roots);
  for (const branch of order) branch.depth = branch.parent === null ? Number(branch.node !== origin) : branch.parent.depth + 1;
  for (const branch of order.toReversed()) if (branch.parent !== null) branch.parent.size += branch.size;
  return { roots, branches };
}

/** A node that began anew may have given the message to the one that it later had it from. */
function isBelow(branch, other) {
  for (let above = branch; above !== null; above = above.parent) if (above === other) return true;
  return false;
}

/** Every branch before those below it. */
function preorder(roots) {
  const order = [];
  const left = roots.toReversed();
  while (left.length > 0) {
    const branch = left.pop();
    order.push(branch);
    for (let i = branch.children.length - 1; i >= 0; i--) left.push(branch.children[i]);
  }
  return order;
}

/** The nearest to these roots, at most so many: copies whose `more` counts the nodes below them that are left out. */
export function nearest(roots, most) {
  const copies = new Map();
  const near = [...roots];
  for (let i = 0; i < near.length && near.length < most; i++) near.push(...near[i].children.slice(0, most - near.length));
  for (const branch of near) copies.set(branch, { ...branch, parent: null, children: [], more: branch.size - 1 });
  for (const branch of near) {
    const parent = copies.get(branch.parent);
    if (!parent) continue;
    const copy = copies.get(branch);
    copy.parent = parent;
    parent.children.push(copy);
  }
  for (const branch of near) for (const child of copies.get(branch).children) copies.get(branch).more -= child.size;
  return near.filter((branch) => !copies.has(branch.parent)).map((branch) => copies.get(branch));
}

/** Where each branch is drawn: `depth` is its column, `row` its place from above; one row for each leaf. */
export function tidy(roots) {
  const order = preorder(roots);
  let rows = 0;
  for (const branch of order) if (branch.children.length === 0) branch.row = rows++;
  for (const branch of order.toReversed()) {
    if (branch.children.length > 0) branch.row = (branch.children[0].row + branch.children.at(-1).row) / 2;
  }
  return { order, rows };
}

/** The branches by the hops that the message had made, those through which it came to most nodes first. */
export function levels(branches) {
  const byHops = [];
  for (const branch of branches.values()) (byHops[branch.arrival?.hops ?? 0] ??= []).push(branch);
  return Array.from(byHops, (level) => (level ?? []).sort((a, b) => b.size - a.size));
}
