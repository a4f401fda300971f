// What has been made to go wrong on purpose, and by whom it may be.

import { ask } from './api.js';

const POLL_MILLIS = 5000;

export class Faults {
  /** @param onChange called when other faults are in force than before */
  constructor(network, onChange) {
    this.network = network;
    this.onChange = onChange;
    this.can = false;
    this.why = '';
    this.list = [];
  }

  /** Takes an update in: its signals say when to look. */
  apply(update) {
    if (update.events.some((event) => event.signal === 'faultBegan' || event.signal === 'faultEnded')) this.soon();
  }

  soon() {
    if (this.isDue) return;
    this.isDue = true;
    setTimeout(() => {
      this.isDue = false;
      this.load();
    }, 150);
  }

  async load() {
    clearTimeout(this.polling);
    const found = await ask('api/faults');
    if (found.status === 200) {
      this.can = found.body.can;
      this.why = [found.body.why, found.body.hint].filter(Boolean).join(' ');
      this.list = found.body.faults;
      this.onChange();
    }
    if (this.list.length > 0) this.polling = setTimeout(() => this.load(), POLL_MILLIS);
  }

  /** What it would touch, and the command that does the same. Nothing happens. */
  preview(fault) {
    return ask('api/faults?preview=true', 'POST', fault);
  }

  async begin(fault) {
    const answer = await ask('api/faults', 'POST', fault);
    this.soon();
    return answer;
  }

  /** Ends one, or `all`. */
  async heal(id) {
    const answer = await ask(`api/faults/${id}`, 'DELETE');
    this.soon();
    return answer;
  }

  /** Brings a node back that was killed. */
  async restart(i) {
    const answer = await ask(`api/nodes/${i}/restart`, 'POST', {});
    this.soon();
    return answer;
  }

  /** The fault that lets something go wrong between these two; undefined if there is none. */
  impairing(a, b) {
    return this.list.find((fault) => hits(fault, a, b) || hits(fault, b, a));
  }
}

function hits(fault, from, to) {
  if (fault.kind === 'pause' || fault.kind === 'kill') return false;
  if (fault.groups?.length > 0) return side(fault.groups, from) !== side(fault.groups, to);
  if (fault.from?.length > 0 || fault.to?.length > 0) return includes(fault.from, from) && includes(fault.to, to);
  return includes(fault.nodes, from);
}

/** Those who are in no group are one more. */
function side(groups, node) {
  return groups.findIndex((group) => group.includes(node));
}

function includes(nodes, node) {
  return nodes === undefined || nodes.length === 0 || nodes.includes(node);
}
