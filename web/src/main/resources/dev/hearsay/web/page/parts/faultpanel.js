// Lets things go wrong on the network that is shown: always with the command that does the same, an end, and a question before.

import { capital, count, element, named, number } from '../model/words.js';
import { offerCopy } from './copy.js';

const KINDS = [
  ['pause', 'Pause', 'they stand still, and find what waits for them afterwards'],
  ['kill', 'Kill', 'they die without a word, and start again in the end'],
  ['partition', 'Partition', 'nothing passes between them and the others'],
  ['loss', 'Loss', 'messages to and from them are lost'],
  ['delay', 'Delay', 'messages to and from them come later'],
  ['duplicate', 'Duplicates', 'messages to and from them are sent twice'],
];
const SECOND = 1_000_000;

export class FaultPanel {
  constructor(root, app, graph) {
    this.app = app;
    this.graph = graph;
    this.faults = app.faults;
    const find = (id) => root.querySelector(`#fault-${id}`);
    this.form = find('form');
    this.kind = find('kind');
    this.nodes = find('nodes');
    this.amount = find('amount');
    this.amountLabel = find('amount-label');
    this.time = find('time');
    this.hint = find('hint');
    this.list = find('list');
    this.closed = find('closed');
    this.healAll = find('heal-all');
    this.dialog = document.getElementById('confirm');
    this.kind.append(...KINDS.map(([value, textContent]) => element('option', { value, textContent })));
    this.kind.addEventListener('change', () => this.adapt());
    this.nodes.addEventListener('input', () => this.mark(this.indexes() ?? []));
    find('lasso').addEventListener('click', () => this.lasso());
    find('chosen').addEventListener('click', () => this.fill(this.app.selected >= 0 ? [this.app.selected] : []));
    this.healAll.addEventListener('click', () => this.heal('all'));
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.ask(this.wanted());
    });
    this.dialog.querySelector('#confirm-cancel').addEventListener('click', () => this.dialog.close());
    this.dialog.querySelector('#confirm-apply').addEventListener('click', () => this.apply());
    offerCopy(this.dialog.querySelector('#confirm-copy'), () => this.dialog.querySelector('#confirm-command').textContent);
    this.adapt();
  }

  /** Shows which fields the kind of fault has. */
  adapt() {
    const kind = this.kind.value;
    const amounts = { loss: ['Share', '20%'], duplicate: ['Share', '20%'], delay: ['Time', '100ms'] };
    const amount = amounts[kind];
    for (const part of [this.amount, this.amountLabel]) part.hidden = amount === undefined;
    if (amount) {
      this.amountLabel.textContent = amount[0];
      this.amount.value = amount[1];
    }
    this.hint.textContent = `${capital(KINDS.find(([value]) => value === kind)[2])}.${amount ? ' Without nodes, all.' : ''}`;
  }

  lasso() {
    this.hint.textContent = 'Draw a line around the nodes on the graph; Esc if not.';
    this.graph.pointer.askLasso((inside) => this.fill(inside));
    this.graph.canvas.scrollIntoView({ block: 'nearest' });
  }

  fill(indexes) {
    this.nodes.value = indexes.map((i) => this.app.network.nodes[i].name).join(', ');
    this.mark(indexes);
    this.adaptHint(indexes.length);
  }

  adaptHint(found) {
    this.hint.textContent = found === 0 ? 'No node is chosen.' : `${capital(count(found, 'node'))} chosen.`;
  }

  mark(indexes) {
    this.app.marked = new Set(indexes);
    this.app.show();
  }

  /** The nodes that are named; null if one of them is not there. */
  indexes() {
    const names = this.nodes.value.split(/[\s,]+/).filter(Boolean);
    const nodes = names.map((name) => this.app.network.find(name));
    this.unknown = names.find((name, i) => nodes[i] === undefined);
    return this.unknown === undefined ? nodes.map((node) => node.i) : null;
  }

  wanted() {
    const indexes = this.indexes();
    if (indexes === null) return this.say(`There is no node '${this.unknown}'.`);
    const kind = this.kind.value;
    const fault = { kind, for: this.time.value.trim() };
    if (kind === 'loss' || kind === 'duplicate') fault.share = this.amount.value.trim();
    if (kind === 'delay') fault.delay = this.amount.value.trim();
    if (kind === 'partition') fault.groups = [indexes];
    else if (indexes.length > 0) fault.nodes = indexes;
    if (indexes.length === 0 && !this.amount.checkVisibility()) return this.say('Choose nodes first: by name, with the lasso, or the selected one.');
    return fault;
  }

  say(words) {
    // Whoever pressed a key may have it closed.
    this.form.closest('details').open = true;
    this.hint.textContent = words;
    return null;
  }

  /** Asks whether it is meant, saying what it touches. */
  async ask(fault) {
    if (fault === null) return;
    const { wrong, body } = await this.faults.preview(fault);
    if (wrong !== '') return this.say(wrong);
    this.fault = fault;
    const end = fault.for === '' ? 'lasts until you heal it' : `ends by itself in ${fault.for}`;
    this.dialog.querySelector('#confirm-words').textContent = `This affects ${count(body.affects, 'running node')} and ${end}.`;
    this.dialog.querySelector('#confirm-command').textContent = body.command;
    this.dialog.querySelector('#confirm-wrong').textContent = '';
    this.dialog.showModal();
  }

  async apply() {
    const { wrong } = await this.faults.begin(this.fault);
    this.dialog.querySelector('#confirm-wrong').textContent = wrong;
    if (wrong !== '') return;
    this.dialog.close();
    this.mark([]);
    this.nodes.value = '';
    this.adapt();
  }

  /** Asks for a fault of one node, such as a kill. */
  of(kind, i) {
    if (!this.faults.can) return this.say(this.faults.why);
    this.ask({ kind, nodes: [i], for: this.time.value.trim() || '30s' });
  }

  async heal(id) {
    const { wrong } = await this.faults.heal(id);
    if (wrong !== '') this.say(wrong);
  }

  async restart(i) {
    const { wrong } = await this.faults.restart(i);
    if (wrong !== '') this.say(wrong);
  }

  update() {
    const { can, why, list } = this.faults;
    this.closed.hidden = can;
    if (this.closed.textContent !== why) this.closed.textContent = why;
    this.form.hidden = !can;
    this.healAll.hidden = list.length < 2 || !can;
    const now = Date.now() * 1000;
    const key = JSON.stringify([list.map((fault) => [fault.id, left(fault, now)]), can]);
    if (key === this.key) return;
    this.key = key;
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.fault : null;
    this.list.replaceChildren(...list.map((fault) => this.row(fault, now, can)));
    if (focused) this.list.querySelector(`[data-fault="${CSS.escape(focused)}"]`)?.focus();
  }

  row(fault, now, can) {
    const words = element('span', { textContent: `${named(fault.what, this.app.network)}, ${left(fault, now)}` });
    if (!can) return element('li', {}, words);
    const button = element('button', { type: 'button', className: 'quiet', textContent: 'Heal', ariaLabel: `Heal: ${fault.what}` });
    button.dataset.fault = fault.id;
    button.addEventListener('click', () => this.heal(fault.id));
    return element('li', {}, words, button);
  }
}

function left(fault, now) {
  if (fault.ends === null || fault.ends === undefined) return 'until it is healed';
  return `${number(Math.max(0, Math.ceil((fault.ends - now) / SECOND)))} s left`;
}
