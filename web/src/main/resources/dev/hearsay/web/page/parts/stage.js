// What a graph needs to know of the page that it is on, where the page shows a lesson and not the network that runs.

import { Scene } from '../model/scene.js';

/** Before the first lesson. */
class Nothing extends Scene {
  message() {
    return null;
  }

  messages() {
    return [];
  }
}

export class Stage {
  /** @param onSelect called with the number of a node or -1, and with both ends of a link or null */
  constructor(onSelect) {
    this.onSelect = onSelect;
    this.scene = new Nothing();
    this.selected = -1;
    this.selectedLink = null;
    this.marked = new Set();
    this.found = null;
    this.network = { window: { last: 0 } };
  }

  select(i) {
    this.onSelect(i, null);
  }

  selectLink(a, b) {
    this.onSelect(-1, a < b ? [a, b] : [b, a]);
  }

  /** Whether somebody has cut the link between these two, in one direction or both. */
  impairs(a, b) {
    return this.scene.isCut(a, b) || this.scene.isCut(b, a);
  }
}
