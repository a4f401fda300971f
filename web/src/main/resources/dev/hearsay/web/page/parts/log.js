// What happened, the latest first.

import { called, clock, element, named, number } from '../model/words.js';

const ROWS_MAX = 200;

export class Log {
  constructor(list, filter, app) {
    this.list = list;
    this.filter = filter;
    this.app = app;
    this.network = app.network;
    filter.addEventListener('input', () => this.update(app.scene));
  }

  update(scene) {
    const wanted = this.filter.value.trim().toLowerCase();
    const rows = [];
    let newer = null;
    for (let i = this.network.events.length - 1; i >= 0 && rows.length < ROWS_MAX; i--) {
      const event = this.network.events[i];
      if (scene.moment !== null && event.at > scene.moment) continue;
      if (newer !== null && newer - event.n > 1) rows.push(this.gap(newer - event.n - 1));
      newer = event.n;
      const words = named(event.text, this.network);
      if (wanted === '' || `${called(this.network.nodes[event.node])} ${words}`.toLowerCase().includes(wanted)) rows.push(this.row(event, words));
    }
    if (rows.length === 0) rows.push(element('li', { className: 'hint', textContent: wanted === '' ? 'Nothing has happened yet.' : 'Nothing like that has happened.' }));
    this.list.replaceChildren(...rows);
  }

  row(event, words) {
    const node = this.network.nodes[event.node];
    const row = element(
      'li',
      {},
      element('time', { textContent: clock(event.at, true) }),
      element('b', { textContent: called(node) }),
      element('span', { textContent: words }),
    );
    row.addEventListener('click', () => this.app.select(event.node));
    return row;
  }

  gap(missing) {
    return element('li', { className: 'hint', textContent: `… ${number(missing)} more, which came too fast to be shown` });
  }
}
