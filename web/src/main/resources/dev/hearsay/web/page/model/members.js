// Who is a member, as the dashboard tells it; asked again when something about members has happened.

import { ask } from './api.js';

const SIGNALS = new Set([
  'registered', 'memberAdded', 'memberRemoved', 'memberDismissed', 'listChanged', 'proposed', 'voted', 'voteReceived', 'decided', 'reported',
  'seedsWithoutQuorum', 'seedsWithQuorum',
]);
const PAUSE_MILLIS = 500;
/** The dashboard's lists may be a second old. */
const SETTLE_MILLIS = 1500;

export class Members {
  constructor(onChange) {
    this.onChange = onChange;
    /** What `/api/members` has said; null as long as it has not. */
    this.now = null;
    this.trouble = '';
    this.askedAt = -Infinity;
    this.number = 0;
  }

  /** Looks through an update for news about members. */
  heard(update, isSeed) {
    const [first] = update.events;
    // Of what comes too fast only the last is told, and the rest may have been about members.
    const isGap = first !== undefined && this.number > 0 && first.n > this.number + 1;
    this.number = update.events.at(-1)?.n ?? this.number;
    const isNews = update.events.some((event) => SIGNALS.has(event.signal)) || (update.changes ?? []).some(([, node]) => isSeed(node));
    if (isNews || isGap) this.ask();
    if (isNews) {
      clearTimeout(this.settling);
      this.settling = setTimeout(() => this.ask(), SETTLE_MILLIS);
    }
  }

  /** Asks the dashboard, soon. */
  ask() {
    if (this.isDue) return;
    this.isDue = true;
    setTimeout(() => this.load(), Math.max(0, this.askedAt + PAUSE_MILLIS - performance.now()));
  }

  async load() {
    this.isDue = false;
    this.askedAt = performance.now();
    const { body, wrong } = await ask('api/members');
    if (wrong === '') this.now = body;
    this.trouble = wrong;
    this.onChange();
  }

  /** The ballots that had begun by that moment, with what was known of them by then; all of them if it is null. */
  ballots(moment) {
    const all = this.now?.ballots ?? [];
    if (moment === null) return all;
    return all.filter((ballot) => ballot.at <= moment).map((ballot) => asOf(ballot, moment));
  }
}

function asOf(ballot, moment) {
  const votes = ballot.votes.map((vote) => (vote.at <= moment ? vote : { seed: vote.seed, vote: 'none' }));
  const evidence = ballot.evidence.filter((said) => said.at <= moment);
  const isDecided = ballot.outcome !== 'open' && ballot.decidedAt <= moment;
  return { ...ballot, votes, evidence, outcome: isDecided ? ballot.outcome : 'open' };
}

/** Whether this record of a list says the same as that of another. */
function same(a, b) {
  return a?.state === b?.state && (a?.state !== 'member' || a.incarnation === b.incarnation);
}

/** Peer Lists side by side: every peer that any of them knows, what each of them says, and whether they differ. */
export function sideBySide(lists) {
  const maps = lists.map((list) => new Map(list.members.map((member) => [member.peer, member])));
  const peers = new Map(lists.flatMap((list) => list.members.map((member) => [member.peer, member.i])));
  const heard = maps.filter((_, k) => lists[k].reachable);
  return [...peers].map(([peer, i]) => {
    const differ = heard.some((map) => !same(map.get(peer), heard[0].get(peer)));
    return { peer, i, says: maps.map((map) => map.get(peer)), differ };
  });
}

/** How a list differs from another: the peers that it lacks, has removed, has kept, has too much, or knows in another incarnation. */
export function difference(list, other) {
  const known = new Map(list.members.map((member) => [member.peer, member]));
  const told = new Map(other.members.map((member) => [member.peer, member]));
  const found = { lacks: [], removed: [], kept: [], more: [], otherwise: [] };
  for (const peer of new Set([...known.keys(), ...told.keys()])) {
    const [mine, theirs] = [known.get(peer), told.get(peer)];
    if (same(mine, theirs)) continue;
    const [isMine, isTheirs] = [mine?.state === 'member', theirs?.state === 'member'];
    if (isMine === isTheirs) found.otherwise.push(peer);
    else if (isTheirs) found[mine ? 'removed' : 'lacks'].push(peer);
    else found[theirs ? 'kept' : 'more'].push(peer);
  }
  return found;
}

/** Those that say the same, the largest group first, and how each other list differs from it. */
export function agreement(lists) {
  const groups = [];
  for (const list of lists.filter((each) => each.reachable)) {
    const group = groups.find(([first]) => Object.values(difference(list, first)).every((peers) => peers.length === 0));
    if (group) group.push(list);
    else groups.push([list]);
  }
  groups.sort((a, b) => b.length - a.length);
  const [largest = [], ...others] = groups;
  return { largest, others: others.flat().map((list) => ({ list, ...difference(list, largest[0]) })) };
}
