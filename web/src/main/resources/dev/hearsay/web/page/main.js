// The shell around the pages: what is shown, of which moment, and what the address says.

import { ask } from './model/api.js';
import { Clock } from './model/clock.js';
import { Faults } from './model/faults.js';
import { History } from './model/history.js';
import { Network } from './model/network.js';
import { Route, momentText } from './model/route.js';
import { Seen } from './model/seen.js';
import { Stream } from './model/stream.js';
import { STATES, called, count, element, speedText } from './model/words.js';
import { EventsPage } from './pages/events.js';
import { LearnPage } from './pages/learn.js';
import { LivePage } from './pages/live.js';
import { MembersPage } from './pages/members.js';
import { MessagesPage } from './pages/messages.js';
import { RecordingsPage } from './pages/recordings.js';
import { eachFrame } from './parts/frames.js';
import { listenToKeys } from './parts/keys.js';
import { offerFile } from './parts/onefile.js';
import { open } from './parts/opening.js';
import { offerTheme } from './parts/theme.js';
import { TimeBar } from './parts/timebar.js';

const byId = (id) => document.getElementById(id);

/** The pages, in the order in which they are listed. */
const PAGES = [LivePage, MessagesPage, MembersPage, EventsPage, LearnPage, RecordingsPage];

/** What all parts share. */
class App {
  constructor() {
    this.network = new Network();
    this.history = new History(this.network);
    this.scene = this.network;
    this.selected = -1;
    /** Both ends of the link that is selected, the lower number first; null if none is. */
    this.selectedLink = null;
    /** Nodes that are about to be meant. */
    this.marked = new Set();
    /** Tells which nodes are what people look for; null if they look for none. */
    this.found = null;
    /** The node through whose eyes the network is seen; -1 for the dashboard's own. */
    this.seenBy = -1;
    this.known = null;
    this.faults = new Faults(this.network, () => this.show());
    this.due = eachFrame(() => this.showNow());
    this.isWall = new URLSearchParams(location.search).has('wall');
    document.body.classList.toggle('wall', this.isWall);
    this.route = new Route(PAGES.map((Page) => Page.id), () => this.follow());
    this.clock = new Clock(this.network, this.history, () => this.moved());
    this.timebar = new TimeBar(byId('time'), this);
    this.pages = new Map(PAGES.map((Page) => [Page.id, new Page(byId(`page-${Page.id}`), this)]));
    this.listPages();
    this.follow();
    this.stream = new Stream((snapshot) => this.replace(snapshot), (update) => this.apply(update), () => this.status());
  }

  get page() {
    return this.pages.get(this.route.page);
  }

  // --- What comes in ------------------------------------------------------------------------------------------------

  replace(snapshot) {
    const isFirst = this.network.at === 0;
    this.network.replace(snapshot);
    this.history.begin();
    this.history.load().then(() => {
      if (isFirst && this.route.moment !== null) this.clock.seek(this.route.moment);
      else if (isFirst && this.network.isReplay) this.clock.seek(this.history.from);
      this.show();
    });
    this.faults.load();
    this.shown = null;
    this.follow();
    this.show(true);
  }

  apply(update) {
    const arrived = this.network.apply(update);
    this.history.apply(update);
    this.faults.apply(update);
    this.page.heard?.(update);
    if (this.clock.isLive) this.pages.forEach((page) => page.happened?.(arrived, update));
    this.show(update.events.length > 0);
  }

  // --- What people choose -------------------------------------------------------------------------------------------

  /** Selects a node; nothing if it is -1. */
  select(i) {
    this.selected = i;
    this.selectedLink = null;
    this.route.note({ node: this.network.nodes[i]?.name ?? '', link: '' });
    this.show();
  }

  selectLink(a, b) {
    this.selected = -1;
    this.selectedLink = a < b ? [a, b] : [b, a];
    this.route.note({ node: '', link: this.selectedLink.map((i) => this.network.nodes[i].name).join('~') });
    this.show();
  }

  /** Shows the network as that node sees it; as the dashboard does if it is -1. */
  async seeAs(i) {
    this.seenBy = i;
    this.known = null;
    this.route.note({ as: this.network.nodes[i]?.name ?? '' });
    this.show();
    if (i < 0) return;
    const { status, body } = await ask(`api/nodes/${i}/members`);
    if (status === 200 && this.seenBy === i) this.known = new Set(body.members.filter((member) => member.state !== 'removed').map((member) => member.peer));
    this.show();
  }

  /** Whether something goes wrong on purpose between these two, now. */
  impairs(a, b) {
    return this.scene.moment === null && this.faults.impairing(a, b) !== undefined;
  }

  /** Chooses a message by its number; 0 for whatever is the latest. */
  async choose(m) {
    this.network.chosen = m;
    this.route.note({ message: this.network.message(m)?.id ?? '' });
    this.show();
    if (m !== 0 && (await this.network.load(m))) this.show();
  }

  find(text) {
    const wanted = text.trim().toLowerCase();
    const found = (node) => `${called(node)} ${node.address} ${STATES[this.scene.state(node)]}`.toLowerCase().includes(wanted);
    this.found = wanted === '' ? null : found;
    this.show();
  }

  /** Does what the address says. */
  follow() {
    for (const [id, page] of this.pages) page.root.hidden = id !== this.route.page;
    for (const link of byId('pages').querySelectorAll('a')) {
      if (link.dataset.page === this.route.page) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    document.body.classList.toggle('learning', this.page instanceof LearnPage);
    if (this.shown !== this.page) {
      this.shown = this.page;
      open(this.page, this.route);
    }
    const nodes = this.network.nodes;
    if (nodes.length > 0) {
      const index = (name) => (name === '' ? -1 : (this.network.find(name)?.i ?? -1));
      this.selected = index(this.route.get('node'));
      const ends = this.route.get('link').split('~').map(index);
      this.selectedLink = ends.length === 2 && ends.every((i) => i >= 0) ? ends : null;
      const viewer = index(this.route.get('as'));
      if (viewer !== this.seenBy) this.seeAs(viewer);
      const id = this.route.get('message');
      const chosen = id === '' ? 0 : (this.network.messages().find((message) => message.id === id)?.m ?? 0);
      if (chosen !== this.network.chosen) this.choose(chosen);
      const moment = this.route.moment;
      if (moment === null && this.clock.mode === 'paused') this.clock.live();
      else if (moment !== null && this.history.isLoaded && moment !== this.clock.moment) this.clock.seek(moment);
    }
    this.show(true);
  }

  /** Another moment is shown. */
  moved() {
    // What moves has no moment that an address could name.
    const { clock } = this;
    if (clock.mode === 'paused') this.route.note({ at: momentText(clock.now) });
    else if (this.route.moment !== null) this.route.note({ at: '' });
    this.show();
  }

  // --- Showing ------------------------------------------------------------------------------------------------------

  /** Shows everything anew with the next frame. */
  show(hasEvents = false) {
    this.isLogDue ||= hasEvents;
    this.due();
  }

  showNow() {
    const { network, clock } = this;
    this.scene = clock.isLive ? network : this.history.at(clock.now);
    this.scene.chosen = network.chosen;
    /** The same without the eyes of a node. */
    this.whole = this.scene;
    // Only the page Live says whose view it is.
    if (this.seenBy >= 0 && this.page instanceof LivePage) this.scene = new Seen(this.scene, this.seenBy, this.known);
    const message = this.scene.current();
    if (message !== null) network.load(message.m).then((isNew) => isNew && this.show());
    const name = network.name === 'default' ? '' : network.name;
    byId('network').textContent = name;
    document.title = `Hearsay ${name}`.trim();
    // Whoever goes to another page takes the moment and the selection along.
    for (const link of byId('pages').children) link.href = this.route.to(link.dataset.page);
    this.timebar.update();
    this.status();
    this.page.update(this.scene, this.isLogDue);
    this.isLogDue = false;
  }

  /** Stale is never shown as live, nor the past as the present. */
  status() {
    const isStale = this.stream?.isStale ?? false;
    document.body.classList.toggle('stale', isStale);
    document.body.classList.toggle('past', !this.clock.isLive);
    const line = byId('connection');
    line.classList.toggle('lost', isStale);
    const words = this.stream?.trouble || this.mode();
    if (line.textContent !== words) line.textContent = words;
  }

  mode() {
    const { clock, network } = this;
    if (network.isReplay) {
      if (clock.isLive) return '↺ Replay, at its end';
      return clock.mode === 'paused' ? '↺ Replay, paused' : `↺ Replay at ${speedText(clock.speed)}`;
    }
    if (clock.isLive) return '● Live';
    const behind = clock.behind === null ? '' : `, ${count(clock.behind, 'event')} behind`;
    return clock.mode === 'paused' ? `❚❚ Paused${behind}` : `▶ Playing at ${speedText(clock.speed)}`;
  }

  listPages() {
    byId('pages').append(
      ...PAGES.map((Page) => {
        const link = element('a', { href: `#/${Page.id}`, textContent: Page.title });
        link.dataset.page = Page.id;
        return link;
      }),
    );
  }
}

// --- Theme and keys -----------------------------------------------------------------------------------------------------

const KEYS = {
  ' ': () => app.clock.toggle(),
  ArrowLeft: () => app.clock.step(-1),
  ArrowRight: () => app.clock.step(1),
  '+': () => app.clock.faster(1),
  '-': () => app.clock.faster(-1),
  l: () => app.clock.live(),
  '/': () => byId('search').focus(),
};

const app = new App();
listenToKeys((key) => app.page.keys?.[key] ?? KEYS[key], () => (app.page.stage ?? app).select(-1));
offerTheme(byId('theme'), () => {
  app.timebar.colours();
  app.pages.forEach((page) => page.colours?.());
  app.show();
});
offerFile(byId('learn-save'), byId('learn-wrong'));
byId('search').addEventListener('input', (event) => app.find(event.target.value));
document.addEventListener('visibilitychange', () => app.show(true));
