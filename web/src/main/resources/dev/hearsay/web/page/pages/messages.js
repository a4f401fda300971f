// The page Messages: all messages as a table, and the way of the one that is chosen.

import { arrange, onTheWay, roam } from '../parts/arrange.js';
import { delays, sparkline } from '../parts/curve.js';
import { MessageView, redundancy, redundancyWords } from '../parts/message.js';
import { called, capital, clock, count, element, exactly, number, span } from '../model/words.js';

/** What the columns say, and by what they are sorted. */
const COLUMNS = [
  ['number', 'No.', (message) => message.m, (message) => number(message.m)],
  ['text', 'Text', (message) => message.text.toLowerCase(), null],
  ['origin', 'Origin', (message, app) => app.network.nodes[message.origin]?.name ?? '', (message, app) => called(app.network.nodes[message.origin])],
  ['at', 'Published', (message) => message.at, (message) => clock(message.at)],
  ['reached', 'Reached', (message) => message.reached / Math.max(1, message.of), (message) => `${number(message.reached)} of ${number(message.of)}`],
  ['coverage', 'Coverage', null, null],
  ['t50', 't50', (message) => message.t50, (message) => span(message.t50)],
  ['t90', 't90', (message) => message.t90, (message) => span(message.t90)],
  ['t100', 't100', (message) => message.t100, (message) => span(message.t100)],
  ['duplicates', 'Duplicates', (message) => message.duplicates, (message) => number(message.duplicates)],
  ['redundancy', 'Redundancy', (message) => redundancy(message) ?? -1, (message) => redundancy(message)?.toFixed(1) ?? '–'],
];
const HINTS = {
  t50: 'until half of the nodes that have it had it',
  t90: 'until 90 % of the nodes that have it had it',
  t100: 'until the last of the nodes that have it had it',
  redundancy: 'duplicates for each delivery',
};
const SORTED = '-at';
const WORDS = new Set(['text', 'origin']);

export class MessagesPage {
  static id = 'messages';
  static title = 'Messages';

  constructor(root, app) {
    this.root = root;
    this.app = app;
    const find = (id) => root.querySelector(`#messages-${id}`);
    this.head = find('head');
    this.body = find('rows');
    this.summary = find('summary');
    this.filter = find('filter');
    this.detail = root.querySelector('#way');
    this.view = new MessageView(this.detail, app);
    this.hint = find('hint');
    this.rows = new Map();
    this.onScreen = new Set();
    this.asked = new WeakSet();
    this.watcher = new IntersectionObserver((entries) => this.watch(entries));
    this.filter.addEventListener('input', () => {
      app.route.note({ text: this.filter.value });
      app.show();
    });
    roam(this.body, () => this.buttons());
    this.makeHead();
  }

  // --- Order --------------------------------------------------------------------------------------------------------

  makeHead() {
    this.headers = new Map();
    for (const [id, title, by] of COLUMNS) {
      const cell = element('th', { scope: 'col', className: id, title: HINTS[id] ?? '' });
      if (by === null) cell.textContent = title;
      else {
        const button = element('button', { type: 'button', textContent: title });
        button.addEventListener('click', () => this.sort(id));
        cell.append(button);
        this.headers.set(id, cell);
      }
      this.head.append(cell);
    }
  }

  /** Sorts by that column; the other way round if it is sorted by it already. Numbers begin with the largest, words with A. */
  sort(id) {
    const [first, second] = WORDS.has(id) ? [id, `-${id}`] : [`-${id}`, id];
    const sorted = this.sorted === first ? second : first;
    this.app.route.note({ sort: sorted === SORTED ? '' : sorted });
    this.app.show();
  }

  get sorted() {
    const wanted = this.app.route.get('sort');
    return COLUMNS.some(([id, , by]) => by !== null && id === wanted.replace(/^-/, '')) ? wanted : SORTED;
  }

  ordered(messages) {
    const { sorted } = this;
    const sign = sorted.startsWith('-') ? -1 : 1;
    const [, , by] = COLUMNS.find(([id]) => id === sorted.replace(/^-/, ''));
    const compare = (a, b) => (typeof a === 'string' ? a.localeCompare(b, 'en', { numeric: true }) : a - b);
    const keyed = messages.map((message) => [by(message, this.app), message]);
    return keyed.sort(([a, x], [b, y]) => sign * compare(a, b) || y.at - x.at).map(([, message]) => message);
  }

  // --- Showing ------------------------------------------------------------------------------------------------------

  update(scene) {
    this.scene = scene;
    const wanted = this.app.route.get('text');
    if (document.activeElement !== this.filter && this.filter.value !== wanted) this.filter.value = wanted;
    const all = scene.messages();
    const found = all.filter((message) => this.isFound(message, wanted.trim().toLowerCase()));
    const shown = this.ordered(found);
    for (const [id, cell] of this.headers) {
      const is = this.sorted.replace(/^-/, '') === id;
      cell.setAttribute('aria-sort', !is ? 'none' : this.sorted.startsWith('-') ? 'descending' : 'ascending');
    }
    arrange(this.body, shown.map((message) => this.row(message, scene)));
    this.forget(all);
    const buttons = this.buttons();
    if (!buttons.some((button) => button.tabIndex === 0)) onTheWay(buttons, buttons[0]);
    this.summary.textContent = this.words(all.length, shown.length, scene);
    this.showChosen(scene);
    this.fill();
  }

  words(all, shown, scene) {
    if (all === 0) return scene.moment === null ? 'No message yet. The first can be sent on the page Live.' : 'None had been published by then.';
    return shown === all ? '' : shown === 0 ? 'No message is like that.' : `${number(shown)} of ${count(all, 'message')}`;
  }

  isFound(message, wanted) {
    if (wanted === '') return true;
    const origin = this.app.network.nodes[message.origin];
    return `${message.m} ${message.text} ${origin ? called(origin) : ''} ${message.id}`.toLowerCase().includes(wanted);
  }

  showChosen(scene) {
    const message = scene.message(scene.chosen) ?? this.app.network.message(scene.chosen);
    this.root.classList.toggle('chosen', message !== null);
    this.detail.hidden = message === null;
    this.hint.hidden = message !== null || this.body.childElementCount === 0;
    if (message !== null) this.view.show(message, scene);
  }

  buttons() {
    return [...this.body.querySelectorAll('button')];
  }

  row(message, scene) {
    if (!this.rows.has(message.m)) this.rows.set(message.m, this.make(message));
    const row = this.rows.get(message.m);
    const isChosen = scene.chosen === message.m;
    const arrivals = this.onScreen.has(message.m) ? scene.arrivals(message.m).length : row.arrivals;
    const origin = this.app.network.nodes[message.origin]?.name;
    const key = `${JSON.stringify(message)} ${origin} ${isChosen}`;
    if (key !== row.key) {
      row.key = key;
      row.button.textContent = message.text || `${message.id.slice(0, 12)}…`;
      row.item.classList.toggle('chosen', isChosen);
      if (isChosen) row.button.setAttribute('aria-current', 'true');
      else row.button.removeAttribute('aria-current');
      COLUMNS.forEach(([, , , text], i) => text && (row.item.children[i].textContent = text(message, this.app)));
      row.cell('at').title = exactly(message.at);
      row.cell('redundancy').title = redundancyWords(message);
      row.cell('reached').classList.toggle('full', message.reached >= message.of);
    }
    if (arrivals !== row.arrivals || message.id !== row.id) {
      row.arrivals = arrivals;
      row.id = message.id;
      const all = delays(message, scene.arrivals(message.m));
      row.cell('coverage').replaceChildren(...(all.length === 0 ? [] : [sparkline(all, message.of, all.at(-1))]));
    }
    return row.item;
  }

  make(message) {
    const cells = COLUMNS.map(([id]) => element('td', { className: id }));
    const button = element('button', { type: 'button', className: 'row', tabIndex: -1 });
    const cell = (id) => cells[COLUMNS.findIndex(([other]) => other === id)];
    cell('text').append(button);
    const item = element('tr', {}, ...cells);
    item.dataset.m = message.m;
    item.addEventListener('click', () => this.app.choose(this.app.network.chosen === message.m ? 0 : message.m));
    this.watcher.observe(item);
    return { item, button, cell, key: '', arrivals: 0, id: '' };
  }

  forget(messages) {
    if (this.rows.size <= messages.length) return;
    const kept = new Set(this.app.network.messageMap.keys());
    for (const [m, row] of this.rows) {
      if (kept.has(m)) continue;
      this.watcher.unobserve(row.item);
      this.rows.delete(m);
      this.onScreen.delete(m);
    }
  }

  // --- Ways, of those on the screen ---------------------------------------------------------------------------------

  watch(entries) {
    for (const { target, isIntersecting } of entries) {
      const m = Number(target.dataset.m);
      if (isIntersecting) this.onScreen.add(m);
      else this.onScreen.delete(m);
    }
    this.app.show();
  }

  /** Asks for ways that are not here, one after the other. */
  async fill() {
    if (this.isFilling) return;
    this.isFilling = true;
    for (const m of this.onScreen) {
      const way = this.app.network.way(m);
      const message = this.app.network.message(m);
      if (message === null || this.asked.has(way) || way.arrivals.size >= message.reached) continue;
      this.asked.add(way);
      if (await this.app.network.load(m)) this.app.show();
    }
    this.isFilling = false;
  }
}
