// The page Live: the network as a graph and as a list, the form that sends, and what is known of what is selected.

import { STATES, called, capital, clock, count, element, number, reach, title } from '../model/words.js';
import { save } from '../model/files.js';
import { showCurve, showLoad, showReach } from '../parts/charts.js';
import { FaultPanel } from '../parts/faultpanel.js';
import { FOLD_ABOVE, Graph } from '../parts/graph.js';
import { Inspector } from '../parts/inspector.js';
import { Log } from '../parts/log.js';
import { Legend } from '../parts/legend.js';
import { NodeList } from '../parts/nodes.js';
import { LAYOUTS } from '../parts/places.js';
import { Send } from '../parts/send.js';

const byId = (id) => document.getElementById(id);

export class LivePage {
  static id = 'live';
  static title = 'Live';

  constructor(root, app) {
    this.root = root;
    this.app = app;
    this.graph = new Graph(byId('graph'), byId('tip'), app);
    this.list = new NodeList(byId('nodes'), app, this.graph);
    this.faults = new FaultPanel(byId('faults'), app, this.graph);
    this.inspector = new Inspector(byId('inspector'), app, this.faults);
    this.legend = new Legend(byId('legend'), app, this.graph);
    this.log = new Log(byId('log'), byId('filter'), app);
    this.send = new Send(app);
    this.said = '';
    this.keys = {
      s: () => byId('text').focus(),
      f: () => this.graph.fit(),
      k: () => app.selected >= 0 && this.faults.of('kill', app.selected),
    };
    this.listen();
  }

  listen() {
    const { app, graph } = this;
    byId('fit').addEventListener('click', () => graph.fit());
    byId('zoom-in').addEventListener('click', () => graph.zoom(1.4));
    byId('zoom-out').addEventListener('click', () => graph.zoom(1 / 1.4));
    byId('message').addEventListener('change', (event) => app.choose(Number(event.target.value)));
    byId('layout').append(...LAYOUTS.map(([value, textContent]) => element('option', { value, textContent })));
    byId('layout').addEventListener('change', (event) => graph.places.choose(event.target.value, app.scene));
    byId('by-arrival').addEventListener('change', (event) => {
      graph.isByArrival = event.target.checked;
      app.show();
    });
    byId('png').addEventListener('click', async () => save(this.fileName('png'), await graph.png()));
    byId('svg').addEventListener('click', () => save(this.fileName('svg'), new Blob([graph.svg()], { type: 'image/svg+xml' })));
    byId('special').querySelector('button').addEventListener('click', () => this.leaveSpecial?.());
    // Esc gives up what was begun before it unselects.
    this.root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !graph.pointer.lasso) return;
      event.preventDefault();
      graph.pointer.endLasso();
      this.faults.adapt();
    });
  }

  fileName(kind) {
    return `${this.app.network.name || 'hearsay'}.${kind}`;
  }

  colours() {
    this.graph.colours();
    this.legend.draw();
  }

  /** Something has just happened, and is seen happening. */
  happened(arrived, update) {
    this.graph.arrive(arrived);
    this.graph.duplicate(update.copies);
  }

  update(scene, isLogDue) {
    byId('node-count').textContent = scene.nodes.filter((node) => node.state !== 'absent').length;
    this.graph.show(scene);
    this.list.update(scene);
    this.inspector.update(scene);
    this.legend.update(scene);
    this.faults.update();
    byId('fault-count').textContent = this.app.faults.list.length > 0 ? this.app.faults.list.length : '';
    byId('layout').value = this.graph.places.kind;
    this.showSpecial(scene);
    this.send.update();
    this.showMessages(scene);
    const { whole } = this.app;
    this.showNotice(whole);
    showReach(byId('reach'), byId('reach-words'), whole);
    showCurve(byId('curve'), byId('curve-words'), whole);
    showLoad(byId('load'), byId('load-words'), whole);
    if (isLogDue || this.logMoment !== scene.moment) this.log.update(scene);
    this.logMoment = scene.moment;
  }

  /** Says that the graph does not show all there is, and offers to. */
  showSpecial(scene) {
    const [words, act, then] = this.special(scene);
    const line = byId('special');
    line.hidden = words === '';
    if (line.firstElementChild.textContent !== words) line.firstElementChild.textContent = words;
    if (line.lastElementChild.textContent !== act) line.lastElementChild.textContent = act;
    this.leaveSpecial = then;
  }

  special(scene) {
    const { app, graph } = this;
    if (app.seenBy >= 0) {
      const untold = app.network.isReplay ? '; whom it knows by name is not in the recording, as the beginning of its life is not' : '';
      const known = app.known === null ? untold : ` and ${count(app.known.size, 'member')} by name`;
      const words = `As ${called(scene.nodes[app.seenBy])} sees it: it hears ${count((scene.neighbours[app.seenBy] ?? []).length, 'neighbour')}${known}; of the others it cannot tell.`;
      return [words, 'See the whole network', () => app.seeAs(-1)];
    }
    if (scene.nodes.length <= FOLD_ABOVE) return ['', '', null];
    const fold = (isUnfolded) => () => {
      graph.isUnfolded = isUnfolded;
      app.show();
    };
    return graph.isUnfolded
      ? [`All ${number(scene.nodes.length)} nodes are drawn.`, 'Fold', fold(false)]
      : [`More than ${number(FOLD_ABOVE)} nodes: clusters folded.`, 'Show all', fold(true)];
  }

  showMessages(scene) {
    const messages = scene.messages();
    const pick = byId('message');
    const key = messages.map((message) => `${title(message)} ${message.reached}/${message.of}`).join('\n');
    if (pick.dataset.key !== key) {
      pick.dataset.key = key;
      const option = (message) => element('option', { value: message.m, textContent: `${title(message)} – ${message.reached} of ${message.of}` });
      const latest = element('option', { value: 0, textContent: messages.length === 0 ? 'none yet' : `the latest: ${title(messages[0])}` });
      pick.replaceChildren(latest, ...messages.map(option));
    }
    pick.value = scene.message(scene.chosen) === null ? 0 : scene.chosen;
  }

  /** What people should know at once, in words. */
  showNotice(scene) {
    const isNobody = scene.nodes.every((node) => node.heard === 0);
    const blank = byId('empty');
    blank.hidden = !isNobody;
    if (isNobody && blank.childElementCount === 0) {
      const demonstration = element('a', { href: '#/learn?play=1', textContent: 'start a demonstration in this page' });
      blank.replaceChildren(element('span', {}, 'No network is running. ', element('code', { textContent: 'gossip start-network' }), ' – or ', demonstration, '.'));
    }
    const words = isNobody ? '' : this.notice(scene);
    if (byId('notice').textContent !== words) byId('notice').textContent = words;
    this.announce(scene.nodes.filter((node) => node.state === 'dead' || node.state === 'suspected' || node.state === 'removed'));
  }

  notice(scene) {
    const said = [];
    const message = scene.current();
    const unknown = scene.nodes.filter((node) => node.state === 'unknown');
    const few = this.fewSeeds(scene);
    if (few !== '') said.push(`Seeds cannot decide: ${few} reachable. Messages still spread; joins and removals wait.`);
    if (unknown.length > 0) {
      const since = Math.min(...unknown.map((node) => node.heard));
      const when = scene.moment !== null ? '' : since > 0 ? ` since ${clock(since)}` : ' yet';
      said.push(`${capital(count(unknown.length, 'node'))} ${unknown.length === 1 ? 'has' : 'have'} not reported${when}. (Unknown is not dead.)`);
    }
    if (message === null) {
      const live = scene.nodes.filter((node) => node.state === 'live' && node.role !== 'seed').length;
      said.push(`${count(live, 'node')} ${live === 1 ? 'is' : 'are'} connected and quiet. Send the first message.`);
    } else if (message.reached >= message.of) {
      said.push(`Message ${title(message)}. ${reach(message)}`);
    } else {
      said.push(`Message ${title(message)}: ${message.reached} of ${count(message.of, 'node')}.`);
    }
    return said.join(' ');
  }

  /** How many seeds of how many can be reached if that is too few: as seeds say it, or as is seen of them. */
  fewSeeds(scene) {
    const said = scene.moment === null ? this.app.network.areSeedsShort : '';
    const seeds = scene.nodes.filter((node) => node.role === 'seed');
    if (said !== '' || seeds.some((seed) => seed.heard === 0)) return said;
    const up = seeds.filter((seed) => seed.state === 'live').length;
    return 2 * up > seeds.length || seeds.length === 0 ? '' : `${number(up)} of ${number(seeds.length)}`;
  }

  /** Tells those who do not see the graph what has become of nodes. */
  announce(troubled) {
    const said = troubled.slice(0, 5).map((node) => `${capital(called(node))}: ${STATES[node.state]}.`).join(' ');
    if (said !== this.said) byId('live').textContent = said === '' ? 'All nodes are well again.' : said;
    this.said = said;
  }
}
