// The page Events: everything that nodes have told, as far as the dashboard keeps it.

import { Journal } from '../model/journal.js';
import { csv, save } from '../model/files.js';
import { momentText } from '../model/route.js';
import { GROUPS, signalWords } from '../model/signals.js';
import { byName, called, count, element, exactly, named, number, title } from '../model/words.js';
import { Rows } from '../parts/rows.js';

const LOOK_MILLIS = 300;
const TYPING_MILLIS = 250;
/** How often it is counted what has come while somebody reads older events. */
const COUNT_MILLIS = 1000;

export class EventsPage {
  static id = 'events';
  static title = 'Events';

  constructor(root, app) {
    this.root = root;
    this.app = app;
    const find = (id) => root.querySelector(`#events-${id}`);
    this.words = find('words');
    this.node = find('node');
    this.kinds = find('kinds');
    this.about = find('about');
    this.aboutWords = find('about-words');
    this.summary = find('summary');
    this.newer = find('newer');
    this.csv = find('csv');
    this.trace = find('trace');
    this.journal = new Journal(() => this.isShown && this.app.show());
    this.rows = new Rows(find('rows'), {
      paint: (row, at) => this.paint(row, at),
      onChoose: (at) => this.choose(at),
      onScroll: () => this.need(),
    });
    this.listen();
    this.lookAt = 0;
  }

  get isShown() {
    return this.app.page === this;
  }

  listen() {
    for (const name of Object.keys(GROUPS)) {
      const box = element('input', { type: 'checkbox', value: name });
      this.kinds.append(element('label', {}, box, ` ${name}`));
    }
    this.words.addEventListener('input', () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.note(), TYPING_MILLIS);
    });
    // Who goes on at once must not lose what was typed.
    for (const part of [this.words, this.node, this.kinds, this.about]) part.addEventListener('change', () => this.note());
    this.newer.addEventListener('click', () => {
      this.rows.top();
      this.rows.frame.focus();
      this.journal.load();
    });
    this.csv.addEventListener('click', () => this.export());
  }

  // --- What is wanted -----------------------------------------------------------------------------------------------

  /** Writes the filters into the address, from which they are read. */
  note() {
    clearTimeout(this.typing);
    const boxes = [...this.kinds.querySelectorAll('input')];
    const kinds = boxes.filter((box) => box.checked).map((box) => box.value.replace(' ', '-'));
    this.app.route.note({
      words: this.words.value.trim(),
      of: this.app.network.nodes[this.node.value]?.name ?? '',
      kinds: kinds.length === boxes.length ? '' : kinds.length === 0 ? 'none' : kinds.join(),
      about: this.about.checked ? 'message' : '',
    });
    this.app.show();
  }

  /** The parameters of `/api/log` that the address asks for; null if it asks for nothing at all. */
  wanted() {
    const { route, network } = this.app;
    const filter = {};
    if (route.get('words') !== '') filter.text = route.get('words');
    const node = route.get('of') === '' ? undefined : network.find(route.get('of'));
    if (node) filter.node = node.i;
    const kinds = route.get('kinds') === '' ? [] : route.get('kinds').split(',').map((kind) => kind.replace('-', ' '));
    const signals = kinds.flatMap((kind) => GROUPS[kind] ?? []);
    if (kinds.length > 0 && signals.length === 0) return null;
    if (signals.length > 0) filter.signal = signals.join();
    if (route.get('about') === 'message' && network.chosen > 0) filter.message = network.chosen;
    return filter;
  }

  // --- What comes in ------------------------------------------------------------------------------------------------

  opened() {
    this.key = '';
  }

  /** Begins anew if something else is wanted, or moves with the moment that is shown. */
  turn(scene) {
    const filter = this.wanted();
    const key = JSON.stringify(filter);
    const { journal } = this;
    if (key !== this.key) {
      this.key = key;
      journal.begin(filter ?? {}, scene.moment);
      if (filter !== null) journal.load();
      this.rows.top();
      return;
    }
    if (filter === null || scene.moment === journal.until) return this.follow(scene);
    if (scene.moment !== null && (journal.until === null || scene.moment < journal.until)) journal.cut(scene.moment);
    else journal.until = scene.moment;
    this.rows.top();
    this.reload(journal.rows.length === 0 ? 0 : LOOK_MILLIS);
  }

  /** Asks for what was up to the moment that is shown then; while it is played, not for every frame. */
  reload(millis) {
    this.turning ??= setTimeout(() => {
      this.turning = null;
      if (this.journal.asked === null) this.journal.load();
      else this.reload(LOOK_MILLIS);
    }, millis);
  }

  /** Takes in what is newer while the newest are looked at. */
  follow(scene) {
    const { journal } = this;
    if (scene.moment !== null || !journal.isLoaded || this.app.network.window.last <= journal.last) return;
    if (this.rows.isAtTop && journal.newer > 0) journal.newer = 0;
    const pause = this.rows.isAtTop ? LOOK_MILLIS : COUNT_MILLIS;
    const wait = this.lookAt + pause - performance.now();
    if (wait > 0) {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.isShown && this.app.show(), wait);
      return;
    }
    this.lookAt = performance.now();
    journal.look(this.rows.isAtTop);
  }

  need() {
    if (this.isShown) this.journal.need(this.rows.window[1] + 100);
  }

  // --- Showing ------------------------------------------------------------------------------------------------------

  update(scene) {
    this.scene = scene;
    this.showFilters();
    this.turn(scene);
    const { journal } = this;
    this.rows.resize(this.wanted() === null ? 0 : journal.matched);
    this.need();
    this.rows.show();
    const words = this.state(scene);
    if (this.summary.textContent !== words) this.summary.textContent = words;
    const isBehind = journal.newer > 0 && scene.moment === null && !this.rows.isAtTop;
    this.newer.hidden = !isBehind;
    if (isBehind) this.newer.textContent = `↑ ${count(journal.newer, 'newer event')}`;
  }

  state(scene) {
    const { journal } = this;
    if (this.wanted() === null) return 'No kind of event is chosen.';
    if (journal.trouble !== '') return journal.trouble;
    if (!journal.isLoaded) return 'Asking for events …';
    const isAll = Object.keys(journal.filter).length === 0;
    const until = scene.moment === null ? '' : ` up to ${exactly(scene.moment)}`;
    if (journal.matched === 0) return isAll ? `Nothing has happened${until === '' ? ' yet' : until}.` : `Nothing like that has happened${until}.`;
    return `${count(journal.matched, 'event')}${isAll ? '' : ' like that'}${until}`;
  }

  showFilters() {
    const { route, network } = this.app;
    if (document.activeElement !== this.words && this.words.value !== route.get('words')) this.words.value = route.get('words');
    const nodes = [...network.nodes].filter(Boolean).sort(byName);
    const key = nodes.map((node) => node.name).join();
    if (key !== this.nodesKey) {
      this.nodesKey = key;
      const options = nodes.map((node) => element('option', { value: node.i, textContent: called(node) }));
      this.node.replaceChildren(element('option', { value: '', textContent: 'any' }), ...options);
    }
    this.node.value = network.find(route.get('of'))?.i ?? '';
    const kinds = route.get('kinds').split(',');
    for (const box of this.kinds.querySelectorAll('input')) box.checked = kinds[0] === '' || kinds.includes(box.value.replace(' ', '-'));
    const message = network.message(network.chosen);
    this.about.disabled = message === null;
    this.about.checked = message !== null && route.get('about') === 'message';
    this.trace.href = this.about.checked ? `api/trace?message=${message.m}` : 'api/trace';
    const words = message === null ? 'only of one message (choose it under Messages)' : `only of message ${title(message)}`;
    if (this.aboutWords.textContent !== words) this.aboutWords.textContent = words;
  }

  paint(row, at) {
    const event = this.journal.rows[at];
    const node = event && this.app.network.nodes[event.node];
    const key = event ? `${event.n} ${node?.name}` : `${at} …`;
    row.classList.toggle('selected', event !== undefined && event.node === this.app.selected);
    if (row.dataset.key === key) return;
    row.dataset.key = key;
    if (!event) {
      row.replaceChildren(element('span', { className: 'hint', textContent: '…' }));
      return;
    }
    const words = named(event.text, this.app.network);
    row.title = words;
    row.replaceChildren(
      element('time', { textContent: exactly(event.at) }),
      element('b', { textContent: called(node) }),
      element('i', { textContent: signalWords(event.signal) }),
      element('span', { textContent: words }),
    );
  }

  /** Shows its node, at its moment. */
  choose(at) {
    const event = this.journal.rows[at];
    if (!event) return;
    this.app.select(event.node);
    this.app.clock.seek(event.at, event.n);
  }

  async export() {
    if (this.wanted() === null) return;
    this.csv.disabled = true;
    try {
      const events = await this.journal.all((found) => (this.csv.textContent = `CSV: ${number(found)} …`));
      const { nodes } = this.app.network;
      const rows = events.map(({ n, at, node, signal, message, text }) => [n, momentText(at), nodes[node]?.name ?? '', nodes[node]?.address ?? '', signal, message ?? '', text]);
      save('events.csv', new Blob([csv([['number', 'time', 'node', 'address', 'signal', 'message', 'text'], ...rows])], { type: 'text/csv' }));
      this.csv.textContent = 'CSV';
    } catch {
      this.csv.textContent = 'CSV: failed, try again';
    }
    this.csv.disabled = false;
  }
}
