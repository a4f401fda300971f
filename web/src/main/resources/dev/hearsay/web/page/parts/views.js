// Where no seeds decide: whom each node counts as a member.

import { arrange } from './arrange.js';
import { differs } from './peerlists.js';
import { agreement, difference } from '../model/members.js';
import { STATES, called, capital, count, element, number } from '../model/words.js';

const NAMES_SHOWN = 8;
const COLUMNS = ['Node', 'State', 'Members it knows', 'Compared with most'];

export class Views {
  constructor(root, app) {
    this.app = app;
    const find = (id) => root.querySelector(`#lists-${id}`);
    this.sentence = find('words');
    this.head = find('head');
    this.body = find('rows');
    this.only = find('differ');
    this.rest = find('rest');
    this.rows = new Map();
  }

  /** Shows what these nodes say; of a large network the dashboard asks only some. */
  show(lists, scene) {
    if (this.head.dataset.key !== 'views') {
      this.head.dataset.key = 'views';
      this.head.replaceChildren(...COLUMNS.map((textContent) => element('th', { scope: 'col', textContent })));
    }
    const { largest, others } = agreement(lists);
    const words = this.words(lists, largest, others);
    if (this.sentence.textContent !== words) this.sentence.textContent = words;
    const { found } = this.app;
    const views = lists.map((list) => ({ list, node: scene.nodes[list.i], differ: others.some((other) => other.list === list) })).filter(({ node }) => node);
    const shown = views.filter(({ node, differ }) => (!this.only.checked || differ) && (!found || found(node)));
    arrange(this.body, shown.map((view) => this.row(view, largest[0])));
    this.rest.textContent = shown.length > 0 || views.length === 0 ? '' : 'No node is like that.';
  }

  words(lists, largest, others) {
    if (largest.length === 0) return 'No node can be asked; this is what they said last.';
    const nodes = this.app.network.nodes.length;
    const some = lists.length < nodes ? ` ${number(lists.length)} of ${count(nodes, 'node')} were asked.` : '';
    const size = count(largest[0].members.length, 'member');
    const one = others.length === 1;
    if (others.length === 0) return `All agree: ${size}.${some}`;
    return `Most know ${size}; ${count(others.length, 'node')}, marked with ≠, ${one ? 'differs' : 'differ'} from them.${some}`;
  }

  row({ list, node, differ }, most) {
    if (!this.rows.has(list.i)) {
      const button = element('button', { type: 'button', className: 'row' });
      button.addEventListener('click', () => this.app.select(list.i));
      this.rows.set(list.i, { item: element('tr', {}), button, key: '' });
    }
    const row = this.rows.get(list.i);
    const isSelected = list.i === this.app.selected;
    const compared = !list.reachable ? 'cannot be asked' : differ ? differs(difference(list, most), (peers) => this.names(peers)) : 'the same';
    const key = JSON.stringify([node.name, node.state, isSelected, list.members.length, compared]);
    if (key === row.key) return row.item;
    row.key = key;
    row.button.textContent = capital(called(node));
    row.button.setAttribute('aria-pressed', String(isSelected));
    row.item.classList.toggle('differ', differ);
    row.item.classList.toggle('chosen', isSelected);
    row.item.replaceChildren(
      element('th', { scope: 'row' }, row.button, ...(differ ? [element('b', { textContent: ' ≠', ariaHidden: 'true' })] : [])),
      element('td', { textContent: STATES[node.state] }),
      element('td', { textContent: number(list.members.length) }),
      element('td', { className: 'compared', textContent: compared }),
    );
    return row.item;
  }

  names(peers) {
    const names = peers.slice(0, NAMES_SHOWN).map((peer) => called(this.app.network.find(peer) ?? { name: peer, role: 'peer' }));
    return peers.length > NAMES_SHOWN ? `${names.join(', ')} and ${number(peers.length - NAMES_SHOWN)} others` : names.join(', ');
  }
}
