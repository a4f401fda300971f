// Peer Lists side by side, as a table and in a sentence.

import { arrange } from './arrange.js';
import { agreement, sideBySide } from '../model/members.js';
import { STATES, byName, called, capital, clock, count, element, number } from '../model/words.js';

const ROWS_MAX = 500;

export class PeerLists {
  constructor(root, app) {
    this.app = app;
    const find = (id) => root.querySelector(`#lists-${id}`);
    this.sentence = find('words');
    this.head = find('head');
    this.body = find('rows');
    this.only = find('differ');
    this.rest = find('rest');
    this.rows = new Map();
    this.only.addEventListener('change', () => app.show());
  }

  /** Shows the lists of these seeds. */
  show(lists, scene) {
    this.lists = lists;
    this.showHead();
    const rows = sideBySide(lists).map((row) => ({ ...row, node: scene.nodes[row.i] ?? { i: -1, name: row.peer, address: row.peer, role: 'peer', state: 'absent' } }));
    rows.sort((a, b) => byName(a.node, b.node));
    const { found } = this.app;
    const wanted = rows.filter((row) => (!this.only.checked || row.differ) && (!found || found(row.node)));
    const words = this.words(rows);
    if (this.sentence.textContent !== words) this.sentence.textContent = words;
    const shown = wanted.slice(0, ROWS_MAX);
    arrange(this.body, shown.map((row) => this.row(row, scene)));
    const left = wanted.length - shown.length;
    this.rest.textContent = left > 0 ? `and ${number(left)} more; find them by name above` : wanted.length > 0 ? '' : rows.length > 0 ? 'No peer is like that.' : 'They are empty.';
  }

  words(rows) {
    const name = (list) => called(this.app.network.nodes[list.i] ?? list);
    const { largest, others } = agreement(this.lists);
    if (largest.length === 0) return 'No seed can be reached; this is what they said last.';
    const size = largest[0].members.filter((member) => member.state === 'member').length;
    const removed = largest[0].members.length - size;
    const knows = `${count(size, 'member')}${removed === 0 ? '' : `, ${number(removed)} removed`}`;
    const away = this.lists.filter((list) => !list.reachable).map(name);
    const gone = away.length === 0 ? '' : ` ${capital(join(away))} cannot be reached.`;
    if (others.length === 0) {
      const who = largest.length === 1 ? `${capital(name(largest[0]))} knows` : `${largest.length === this.lists.length ? 'All' : 'The'} ${count(largest.length, 'seed')} ${largest.length === this.lists.length ? '' : 'that can be reached '}agree:`;
      return `${who} ${knows}.${gone}`;
    }
    const agree = largest.length === 1 ? `${capital(name(largest[0]))} knows ${knows}` : `${capital(join(largest.map(name)))} agree (${knows})`;
    const differ = others.map((other) => `${name(other.list)} ${differs(other, (peers) => count(peers.length, 'peer'))}`).join('; ');
    const marked = rows.filter((row) => row.differ).length;
    return `${agree}; ${differ}.${gone} ${capital(count(marked, 'row'))} ${marked === 1 ? 'is' : 'are'} marked with ≠.`;
  }

  showHead() {
    const key = this.lists.map((list) => `${list.i} ${this.app.network.nodes[list.i]?.name} ${list.reachable} ${list.reachable || list.asOf}`).join();
    if (key === this.head.dataset.key) return;
    this.head.dataset.key = key;
    const cells = this.lists.map((list) => {
      const cell = element('th', { scope: 'col', className: 'seed', textContent: capital(called(this.app.network.nodes[list.i] ?? list)) });
      const since = list.asOf > 0 ? `, as of ${clock(list.asOf)}` : '';
      if (!list.reachable) cell.append(element('span', { className: 'away', textContent: `not reachable${since}` }));
      return cell;
    });
    this.head.replaceChildren(element('th', { scope: 'col', textContent: 'Peer' }), element('th', { scope: 'col', textContent: 'State' }), ...cells);
  }

  row({ peer, node, says, differ }, scene) {
    if (!this.rows.has(peer)) {
      const button = element('button', { type: 'button', className: 'row' });
      button.addEventListener('click', () => this.app.select(Number(button.dataset.i)));
      this.rows.set(peer, { item: element('tr', {}), button, key: '' });
    }
    const row = this.rows.get(peer);
    const state = node.i < 0 ? 'not known here' : STATES[scene.nodes[node.i].state];
    const isSelected = node.i >= 0 && node.i === this.app.selected;
    const key = JSON.stringify([node.name, state, isSelected, differ, says, this.lists.map((list) => list.reachable)]);
    if (key === row.key) return row.item;
    row.key = key;
    row.button.dataset.i = node.i;
    row.button.textContent = capital(called(node));
    row.button.title = peer;
    row.button.setAttribute('aria-pressed', String(isSelected));
    row.item.classList.toggle('differ', differ);
    row.item.classList.toggle('chosen', isSelected);
    const mark = differ ? [element('b', { textContent: ' ≠', ariaHidden: 'true' }), element('span', { className: 'hidden', textContent: 'they differ' })] : [];
    row.item.replaceChildren(
      element('th', { scope: 'row' }, row.button, ...mark),
      element('td', { textContent: state }),
      ...says.map((member, k) => this.cell(member, this.lists[k])),
    );
    return row.item;
  }

  cell(member, list) {
    const [sign, kind, words] = said(member);
    const life = member && member.incarnation > 1 ? ` ${member.incarnation}` : '';
    const spoken = list.reachable ? words : list.asOf > 0 ? `seed not reachable; ${words} before` : 'seed not reachable';
    const signed = member?.signedBy?.length > 0 ? `; signed by ${join(member.signedBy.map((i) => called(this.app.network.nodes[i])))}` : '';
    const shown = list.reachable || list.asOf > 0 ? `${sign}${life}` : '?';
    return element(
      'td',
      { className: `says ${kind}${list.reachable ? '' : ' old'}`, title: `${spoken}${signed}` },
      element('span', { textContent: shown, ariaHidden: 'true' }),
      element('span', { className: 'hidden', textContent: spoken }),
    );
  }
}

/** A sign, a kind and words for what a list says of a peer. */
function said(member) {
  if (!member) return ['–', 'none', 'not known'];
  const life = member.incarnation > 1 ? `, incarnation ${member.incarnation}` : '';
  return member.state === 'member' ? ['✓', 'member', `member${life}`] : ['✗ removed', 'removed', `removed${life}`];
}

const DIFFERENCES = {
  lacks: (peers) => `lacks ${peers}`,
  removed: (peers) => `has removed ${peers}`,
  kept: (peers) => `still has ${peers} that were removed`,
  more: (peers) => `has ${peers} more`,
  otherwise: (peers) => `says otherwise of ${peers}`,
};

/** In words how a list differs, with the peers as `name` puts them. */
export function differs(difference, name) {
  const parts = Object.entries(DIFFERENCES).filter(([kind]) => difference[kind].length > 0);
  return join(parts.map(([kind, words]) => words(name(difference[kind]))));
}

export function join(words) {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
