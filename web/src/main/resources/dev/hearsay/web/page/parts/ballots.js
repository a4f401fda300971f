// How seeds decided who is a member: a card for each vote.

import { arrange } from './arrange.js';
import { called, capital, clock, count, element, named, number } from '../model/words.js';

const SHOWN_AT_ONCE = 40;
const SIGNS = { yes: '✓', no: '✗', none: '–' };
const FILTERS = {
  all: () => true,
  open: (ballot) => ballot.outcome === 'open',
  registrations: (ballot) => ballot.change === 'add',
  removals: (ballot) => ballot.change === 'remove',
};

export class Ballots {
  constructor(root, app) {
    this.app = app;
    const find = (id) => root.querySelector(`#ballots-${id}`);
    this.list = find('list');
    this.filter = find('filter');
    this.words = find('words');
    this.more = find('more');
    this.cards = new Map();
    this.limit = SHOWN_AT_ONCE;
    this.filter.addEventListener('change', () => {
      this.limit = SHOWN_AT_ONCE;
      app.route.note({ ballots: this.filter.value === 'all' ? '' : this.filter.value });
      app.show();
    });
    this.more.addEventListener('click', () => {
      this.limit += SHOWN_AT_ONCE;
      app.show();
    });
  }

  show(ballots) {
    const wanted = this.app.route.get('ballots');
    this.filter.value = wanted in FILTERS ? wanted : 'all';
    const found = ballots.filter(FILTERS[this.filter.value]);
    const shown = found.slice(0, this.limit);
    arrange(this.list, shown.map((ballot) => this.card(ballot)));
    const open = ballots.filter(FILTERS.open).length;
    const words = found.length === 0 ? (ballots.length === 0 ? 'None yet.' : 'None is like that.') : `${number(found.length)}${open > 0 ? `, ${number(open)} open` : ''}`;
    if (this.words.textContent !== words) this.words.textContent = words;
    this.more.hidden = shown.length === found.length;
    this.more.textContent = `Show more of the other ${number(found.length - shown.length)}`;
    if (this.cards.size > 2 * ballots.length + 100) {
      const kept = new Set(ballots.map((ballot) => ballot.id));
      for (const id of this.cards.keys()) if (!kept.has(id)) this.cards.delete(id);
    }
  }

  card(ballot) {
    if (!this.cards.has(ballot.id)) this.cards.set(ballot.id, { item: element('li', {}), key: '' });
    const card = this.cards.get(ballot.id);
    const { nodes } = this.app.network;
    const key = JSON.stringify([ballot, nodes[ballot.node]?.name]);
    if (key === card.key) return card.item;
    card.key = key;
    const isOpen = card.item.querySelector('details')?.open ?? false;
    const hadFocus = card.item.contains(document.activeElement) ? document.activeElement.tagName : null;
    const title = element('button', { type: 'button', className: 'row', title: 'Select the node, and show the moment at which this vote began' });
    title.textContent = `${ballot.change === 'add' ? 'Registration' : 'Removal'} of ${nodes[ballot.node] ? called(nodes[ballot.node]) : ballot.peer}`;
    title.addEventListener('click', () => {
      this.app.select(ballot.node);
      this.app.clock.seek(ballot.at);
    });
    card.item.className = ballot.outcome;
    card.item.replaceChildren(
      element('h3', {}, title),
      element('p', { className: 'hint', textContent: this.beginning(ballot) }),
      element('ul', { className: 'votes', ariaLabel: 'Votes' }, ...ballot.votes.map((vote) => this.vote(vote, ballot.outcome === 'open'))),
      element('p', { className: 'outcome', textContent: outcome(ballot) }),
      ...this.evidence(ballot, isOpen),
    );
    if (hadFocus !== null) card.item.querySelector(hadFocus)?.focus();
    return card.item;
  }

  beginning(ballot) {
    const life = ballot.incarnation > 1 ? `, incarnation ${ballot.incarnation}` : '';
    return `Proposed by ${called(this.app.network.nodes[ballot.proposer])} at ${clock(ballot.at, true)}${life}`;
  }

  vote({ seed, vote, reason, at }, isOpen) {
    const words = vote !== 'none' ? vote : isOpen ? 'not yet' : 'no vote';
    const why = reason ? ` (${named(reason, this.app.network)})` : '';
    const name = capital(called(this.app.network.nodes[seed]));
    return element(
      'li',
      { className: vote, title: at ? `${words} at ${clock(at, true)}${why}` : words },
      `${name} `,
      element('b', { textContent: SIGNS[vote], ariaHidden: 'true' }),
      vote === 'none' ? element('span', { className: 'hidden', textContent: words }) : ` ${words}`,
      ...(vote === 'no' && why !== '' ? [why] : []),
    );
  }

  evidence(ballot, isOpen) {
    if (ballot.evidence.length === 0) return [];
    const items = ballot.evidence.map(({ node, text, at }) => {
      const who = element('button', { type: 'button', className: 'quiet', textContent: called(this.app.network.nodes[node]) });
      who.addEventListener('click', () => {
        this.app.select(node);
        this.app.clock.seek(at);
      });
      return element('li', {}, element('time', { textContent: clock(at, true) }), ' ', who, ` ${named(text, this.app.network)}`);
    });
    const title = element('summary', { textContent: `Evidence: ${count(items.length, 'statement')}` });
    return [element('details', { open: isOpen }, title, element('ol', { className: 'evidence' }, ...items))];
  }
}

function outcome({ change, outcome: result, needed, of, votes, decidedAt, reason }) {
  const yes = votes.filter(({ vote }) => vote === 'yes').length;
  const quorum = `quorum ${number(needed)} of ${number(of)}`;
  const done = change === 'add' ? 'registered' : 'removed';
  if (result === 'approved') return `${capital(quorum)} reached; ${done} at ${clock(decidedAt, true)}`;
  const why = reason ? `: ${reason}` : '';
  if (result === 'refused') return `${capital(quorum)} not reached; not ${done} at ${clock(decidedAt, true)}${why}`;
  return `Open: ${number(yes)} yes, ${quorum}`;
}
