// The form that sends a message, and what has become of it, in words.

import { ask, authorize } from '../model/api.js';
import { byName, element, quoted, reach } from '../model/words.js';
import { offerCopy } from './copy.js';

export class Send {
  constructor(app) {
    this.app = app;
    this.network = app.network;
    this.path = document.getElementById('show-path');
    this.form = document.getElementById('send');
    this.text = document.getElementById('text');
    this.node = document.getElementById('node');
    this.token = document.getElementById('token');
    this.result = document.getElementById('result');
    this.copy = document.getElementById('copy');
    this.sent = null;
    this.isClosed = false;
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.send();
    });
    offerCopy(this.copy, () => this.command());
    this.token.addEventListener('input', () => authorize(this.token.value));
  }

  update() {
    const nodes = this.network.nodes.filter((node) => node.role !== 'seed' && node.state !== 'removed');
    const sorted = nodes.sort(byName);
    const key = `${sorted.map((node) => node.address + node.name).join()} ${this.network.control}`;
    if (key !== this.key) {
      this.key = key;
      const chosen = this.node.value;
      const option = (node) => element('option', { value: node.address, textContent: node.name });
      this.node.replaceChildren(element('option', { value: '', textContent: 'any node' }), ...sorted.map(option));
      this.node.value = nodes.some((node) => node.address === chosen) ? chosen : '';
      for (const part of this.form.querySelectorAll('.token')) part.hidden = this.network.control !== 'token';
      const isClosed = this.network.control === 'none';
      for (const part of this.form.elements) part.disabled = isClosed;
      if (this.network.at > 0) {
        if (isClosed !== this.isClosed) this.say(isClosed ? 'This dashboard only shows; nothing can be sent from here.' : '');
        this.isClosed = isClosed;
      }
    }
    this.follow();
  }

  async send() {
    const text = this.text.value;
    if (text === '') return;
    this.sent = null;
    this.copy.hidden = true;
    this.path.hidden = true;
    this.say('Sending …');
    const wanted = this.node.value === '' ? { text } : { text, node: this.node.value };
    const { status, body, wrong } = await ask('api/messages', 'POST', wanted);
    if (wrong !== '') return this.say(status === 0 ? `${wrong} The message may not have been sent.` : wrong, true);
    this.sent = { id: body.id, node: this.network.find(body.node), text };
    this.text.value = '';
    this.copy.hidden = false;
    this.app.choose(0);
    this.app.clock.live();
    this.follow();
  }

  /** Says how far the message has come. */
  follow() {
    if (!this.sent) return;
    const message = this.network.messages().find((candidate) => candidate.id === this.sent.id);
    if (!message) return this.say('Sent; on its way.');
    this.path.hidden = false;
    this.path.href = this.app.route.to('messages', { message: message.id });
    if (message.reached >= message.of) return this.say(reach(message));
    this.say(`On its way: ${message.reached} of ${message.of} nodes have it.`);
  }

  say(what, isWrong = false) {
    if (this.result.textContent !== what) this.result.textContent = what;
    this.result.classList.toggle('wrong', isWrong);
  }

  command() {
    const name = this.sent?.node?.name ?? '1';
    const network = this.network.name === '' || this.network.name === 'default' ? '' : ` --network ${quoted(this.network.name)}`;
    return `gossip send-message ${name} ${quoted(this.sent?.text ?? '')} --wait${network}`;
  }
}
