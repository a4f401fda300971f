// What is known of the node or the link that is selected, and what one may do to it.

import { inWords, shortName } from '../model/lesson.js';
import { STATES, called, capital, element } from '../model/words.js';

const LISTS = ['members', 'rumors', 'suspects', 'silent', 'votes'];

export function interventionButton(textContent, then, ariaLabel = textContent) {
  const button = element('button', { type: 'button', className: 'quiet', textContent, ariaLabel });
  button.addEventListener('click', then);
  return button;
}

export class Facts {
  /**
   * @param pick the list of nodes to choose from
   * @param intervene called with what people want done, one thing or several
   */
  constructor(pick, place, stage, intervene) {
    this.pick = pick;
    this.place = place;
    this.stage = stage;
    this.intervene = intervene;
    pick.addEventListener('change', () => stage.select(Number(pick.value)));
  }

  update(scene) {
    const names = scene.nodes.map(called).join();
    if (this.names !== names) {
      this.names = names;
      this.pick.replaceChildren(element('option', { value: -1, textContent: 'none' }), ...scene.nodes.map((node) => element('option', { value: node.i, textContent: called(node) })));
    }
    this.pick.value = String(this.stage.selected);
    const node = scene.nodes[this.stage.selected];
    const link = this.stage.selectedLink;
    const key = JSON.stringify([node?.i, node?.sight, node?.state, link, [...scene.cuts]]);
    if (this.key === key) return;
    this.key = key;
    this.place.replaceChildren(...(node ? this.node(node, scene) : link ? this.link(link, scene) : [element('p', { className: 'hint', textContent: 'Select a node, in the picture or here, to see what it knows and to intervene; or a link, to cut it.' })]));
  }

  node(node, scene) {
    const { sight } = node;
    const facts = [['State', [STATES[scene.state(node)]]]];
    for (const name of LISTS) if (sight[name]?.length > 0) facts.push([capital(name), [sight[name].map((text) => (name === 'votes' ? inWords(text) : shortName(text))).join(', ')]]);
    const near = this.near(node, scene);
    if (near.length > 0) facts.push(['Neighbours', near.map((other) => this.neighbour(node, other, scene))]);
    return [
      element('dl', {}, ...facts.flatMap(([name, values]) => [element('dt', { textContent: name }), element('dd', {}, ...values)])),
      element('p', { className: 'buttons' }, ...this.interventions(node, scene)),
    ];
  }

  /** Its neighbours, and whoever it is cut off from by hand. */
  near(node, scene) {
    const linked = new Set(node.sight.neighbours ?? []);
    return scene.nodes.filter((other) => other !== node && (linked.has(other.address) || scene.isCut(node.i, other.i) || scene.isCut(other.i, node.i)));
  }

  neighbour(node, other, scene) {
    const isCut = scene.isCut(node.i, other.i) || scene.isCut(other.i, node.i);
    return element('span', { className: 'neighbour' }, `${other.name}${isCut ? ' (cut)' : ''}`, interventionButton(isCut ? 'Mend' : 'Cut', () => this.sever(node, other, scene), `${isCut ? 'Mend' : 'Cut'} the link between ${called(node)} and ${called(other)}`));
  }

  /** Cuts a link in both directions, or mends what is cut of it. */
  sever(one, other, scene) {
    const ways = [[one, other], [other, one]];
    const cut = ways.filter(([from, to]) => scene.isCut(from.i, to.i));
    const [intervention, which] = cut.length > 0 ? ['mend', cut] : ['cut', ways];
    this.intervene(...which.map(([from, to]) => `${intervention}:${from.name}:${to.name}`));
  }

  interventions(node, scene) {
    const { name, sight } = node;
    const isUp = sight.state[0] === 'up';
    const isSeed = node.role === 'seed';
    const hasSeeds = scene.nodes.some((other) => other.role === 'seed');
    const interventions = [];
    const add = (words, intervention) => interventions.push(interventionButton(words, () => this.intervene(intervention)));
    if (sight.state[0] === 'down') add('Start again', `restart:${name}`);
    else add('Kill', `kill:${name}`);
    if (sight.state[0] === 'paused') add('Go on', `resume:${name}`);
    else if (isUp) add('Pause', `pause:${name}`);
    if (isUp && !isSeed) interventions.push(this.say(name));
    const accused = scene.nodes.filter((other) => other.role !== 'seed' && other !== node && sight.members?.includes(other.address));
    if (isUp && hasSeeds && accused.length > 0) interventions.push(this.against(isSeed ? 'condemn' : 'accuse', name, accused));
    return interventions;
  }

  say(name) {
    const words = element('input', { value: 'hello', maxLength: 20, ariaLabel: 'Text of the message' });
    return element('span', { className: 'intervention' }, words, interventionButton('Publish', () => this.intervene(`publish:${name}:${encodeURIComponent(words.value || 'hello')}`), 'Publish this message here'));
  }

  /** A lie of a peer, or of a seed that has gone bad. */
  against(intervention, name, accused) {
    const whom = element('select', { ariaLabel: intervention === 'accuse' ? 'Whom it accuses' : 'Whom it condemns' }, ...accused.map((other) => element('option', { value: other.name, textContent: called(other) })));
    const words = intervention === 'accuse' ? 'Accuse' : 'Condemn';
    return element('span', { className: 'intervention' }, whom, interventionButton(words, () => this.intervene(`${intervention}:${name}:${whom.value}`), `${words}: lie that this peer is dead`));
  }

  link([a, b], scene) {
    const [one, other] = [scene.nodes[a], scene.nodes[b]];
    const way = (from, to) => {
      const isCut = scene.isCut(from.i, to.i);
      const words = `${isCut ? 'Mend' : 'Cut'} ${from.name} → ${to.name}`;
      return interventionButton(words, () => this.intervene(`${isCut ? 'mend' : 'cut'}:${from.name}:${to.name}`));
    };
    const isCut = scene.isCut(a, b) || scene.isCut(b, a);
    return [
      element('p', { textContent: `The link between ${called(one)} and ${called(other)}${isCut ? ', which is cut' : ''}.` }),
      element('p', { className: 'buttons' }, interventionButton(isCut ? 'Mend' : 'Cut', () => this.sever(one, other, scene), `${isCut ? 'Mend' : 'Cut'} the link in both directions`), way(one, other), way(other, one)),
    ];
  }
}
