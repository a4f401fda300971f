// One message: its way through the network, and who is missing.

import { delays, showCoverage, showHops } from './curve.js';
import { Tree } from './tree.js';
import { csv, save } from '../model/files.js';
import { counts } from '../model/scene.js';
import { STATES, called, capital, count, element, exactly, number, span } from '../model/words.js';

const MISSING_SHOWN = 60;
/** The dashboard keeps so many characters of a text, and then an ellipsis. */
const TEXT_SHOWN = 200;

export class MessageView {
  constructor(root, app) {
    this.root = root;
    this.app = app;
    const find = (id) => root.querySelector(`#way-${id}`);
    this.title = find('title');
    this.text = find('text');
    this.cut = find('cut');
    this.facts = find('facts');
    this.missing = find('missing');
    this.missingWords = find('missing-words');
    this.hops = [find('hops'), find('hops-words')];
    this.curve = [find('curve'), find('curve-words')];
    this.graph = find('graph');
    this.trace = find('trace');
    this.tree = new Tree(find('tree'), app);
    find('replay').addEventListener('click', () => app.timebar.replay(app.network.message(app.network.chosen)));
    find('csv').addEventListener('click', () => this.saveArrivals());
    find('svg').addEventListener('click', () => this.saveTree());
  }

  /** Shows it as it was at the moment of the scene; it may not have been published by then. */
  show(message, scene) {
    const known = scene.message(message.m);
    const arrivals = known === null ? [] : scene.arrivals(message.m);
    this.message = message;
    this.scene = scene;
    this.head(message, known, scene);
    this.tree.show(message, scene);
    const key = `${message.m} ${message.at} ${arrivals.length} ${(known ?? message).of} ${scene.nodes.length}`;
    if (key !== this.key) {
      this.key = key;
      showHops(...this.hops, arrivals);
      showCoverage(...this.curve, known ?? message, delays(message, arrivals));
    }
    this.showMissing(scene.nodes.filter((node) => node.role !== 'seed' && node.state !== 'absent' && !scene.arrival(message.m, node.i)));
  }

  head(message, known, scene) {
    const key = JSON.stringify([message, known, scene.nodes[message.origin]?.name]);
    if (key === this.headKey) return;
    this.headKey = key;
    this.title.textContent = `Message ${message.m}`;
    this.text.textContent = message.text || 'Its text is not known here.';
    this.text.classList.toggle('hint', message.text === '');
    const isCut = message.text.length > TEXT_SHOWN;
    this.cut.hidden = !isCut;
    const origin = this.app.network.nodes[message.origin];
    if (isCut) this.cut.replaceChildren(`The dashboard keeps the first ${TEXT_SHOWN} characters. All of it: `, element('code', { textContent: `gossip get-messages ${origin?.name ?? '1'}` }));
    this.graph.href = this.app.route.to('live', { message: message.id });
    this.trace.href = `api/trace?message=${message.m}`;
    const facts = [['Origin', origin ? capital(called(origin)) : 'not known'], ['Published', exactly(message.at)]];
    if (known === null) facts.push(['Reached', 'not published yet at the moment shown']);
    else {
      facts.push(['Reached', `${number(known.reached)} of ${count(known.of, 'node')}`]);
      facts.push(['Half, 90 %, all', [known.t50, known.t90, known.t100].map(span).join(', ')]);
      facts.push(['Duplicates', number(known.duplicates)], ['Redundancy', redundancyWords(known)]);
    }
    this.facts.replaceChildren(...facts.flatMap(([name, value]) => [element('dt', { textContent: name }), element('dd', { textContent: value })]));
  }

  showMissing(missing) {
    const key = missing.map((node) => `${node.i} ${node.name} ${node.state}`).join();
    if (key === this.missingKey) return;
    this.missingKey = key;
    const awaited = missing.filter(counts);
    const others = missing.length - awaited.length;
    const gone = others === 0 ? '' : ` ${capital(count(others, 'node'))} that ${others === 1 ? 'is' : 'are'} dead or removed did not get it.`;
    this.missingWords.textContent = `${awaited.length === 0 ? 'Nobody.' : `${capital(count(awaited.length, 'node'))}.`}${gone}`;
    const items = missing.slice(0, MISSING_SHOWN).map((node) => {
      const button = element('button', { type: 'button', className: 'quiet', textContent: `${called(node)}: ${STATES[node.state]}` });
      button.addEventListener('click', () => this.app.select(node.i));
      return element('li', {}, button);
    });
    if (missing.length > MISSING_SHOWN) items.push(element('li', { className: 'hint', textContent: `and ${number(missing.length - MISSING_SHOWN)} more` }));
    this.missing.replaceChildren(...items);
  }

  saveArrivals() {
    const { nodes } = this.app.network;
    const arrivals = [...this.scene.arrivals(this.message.m)].sort((a, b) => a.at - b.at);
    const rows = arrivals.map(({ node, from, at, hops }) => [nodes[node]?.name ?? '', nodes[from]?.name ?? '', at - this.message.at, hops]);
    save(`message-${this.message.m}.csv`, new Blob([csv([['node', 'from', 'microseconds', 'hops'], ...rows])], { type: 'text/csv' }));
  }

  saveTree() {
    const file = this.tree.file();
    if (file !== null) save(`message-${this.message.m}.svg`, new Blob([file], { type: 'image/svg+xml' }));
  }
}

/** Duplicates for each delivery; null if there was no delivery. */
export function redundancy(message) {
  return message.reached > 1 ? message.duplicates / (message.reached - 1) : null;
}

export function redundancyWords(message) {
  const share = redundancy(message);
  if (share === null) return 'nothing was delivered';
  return `${share.toFixed(1)}: ${count(message.duplicates, 'duplicate')} for ${count(message.reached - 1, 'delivery')}`;
}
