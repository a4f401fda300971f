// What a step of a lesson means: what happened, why (the rule, with this step's numbers), and what to watch next.

import { count } from './words.js';
import { inWords } from './lesson.js';

export const PHASES = [
  ['seeds', 'Seeds', 'Seeds start, and know how many of them must agree.'],
  ['registration', 'Registration', 'Peers ask the seeds to be taken in, and the seeds vote.'],
  ['overlay', 'Overlay', 'Peers draw neighbours from the Peer List, and links form.'],
  ['dissemination', 'Dissemination', 'A message spreads; copies that nobody needs are dropped.'],
  ['detection', 'Failure detection', 'Somebody is silent, is suspected, and a jury is asked.'],
  ['removal', 'Removal', 'The seeds vote on who was reported dead.'],
];

/** Why, by what was told; the first that applies. Each takes the trace line, the step and the lesson. */
const RULES = {
  seedStarted: ({ seeds, quorum }) => [`Of ${count(seeds, 'seed')}, more than half must agree: ⌊${seeds} / 2⌋ + 1 = ${quorum}. Two quorums always share a seed, so two decisions cannot contradict each other.`, 'Peers will ask to be registered.'],
  applied: ({ seeds, configured }) => [`A peer asks ⌊${configured} / 2⌋ + 1 or more of the ${configured} seeds, here ${seeds.length}, so that one of them surely reaches a quorum.`, 'Each seed dials the peer back before it votes: who cannot answer with its key is not there.'],
  registered: () => ['It has a certificate with the signatures of a quorum. Whoever sees it can check it, without asking anybody.', 'It will ask for the Peer List, and draw its neighbours.'],
  proposed: ({ needed, ownVote }) => [`The seed has examined the case, votes ${ownVote ? 'yes' : 'no'} itself, and asks the others. ${count(needed, 'yes vote')} are needed.`, 'Watch the votes come in.'],
  decided: ({ yesVotes, needed, voters, approved }) => [`${yesVotes} of ${voters} seeds said yes; ${needed} are needed. So it is ${approved ? 'decided' : 'not decided'}.`, 'The certificate goes to all who should know.'],
  voteReceived: ({ yesVotes, needed }) => [`That makes ${yesVotes} of the ${needed} yes votes that are needed.`, yesVotes >= needed ? 'The quorum is reached.' : 'One more vote may decide it.'],
  voted: ({ yes, reason }) => [yes ? 'It has examined the case itself, and found nothing against it. Its signature goes with the vote, and it is saved first: even after a crash it cannot vote otherwise.' : `It found this against it: ${reason}.`, 'The vote goes to the seed that proposed.'],
  listChanged: ({ members }) => [`The Peer List has ${count(members.length, 'member')} now. Records are merged by incarnation, and a removal is above a registration, so all seeds end with the same list in whatever order they hear.`, 'The other seeds hear of it with the votes, or by comparing their lists.'],
  neighboursDrawn: ({ neighbours }, step, lesson) => [`It draws ${neighbours.length} of the ${count(Math.max(0, (lesson.sights.get(step.node)?.members ?? []).length - 1), 'other member')}. Members are weighted by Zipf's law: the one of rank r has the weight 1 / r^α, so few become hubs, and the overlay is a power law.`, 'Links form when the others answer.'],
  linkUp: ({ neighbour, reason }) => [`${inWords(neighbour)} is a neighbour now${reason === 'drawn' ? ', because it was drawn' : ''}. From now on both pass messages on to each other, and watch over each other.`, 'More links will form.'],
  published: (trace, step) => [`Who makes up a message gives it to all its neighbours: ${count(copies(step), 'copy').replace('copys', 'copies')} of it.`, 'Each neighbour that has not seen it passes it on.'],
  delivered: ({ hops }, step) => [`It had not seen it, so it keeps it, and passes it on to all neighbours but the one it came from: ${copies(step)}. It came over ${count(hops, 'hop')}.`, copies(step) === 0 ? 'Nobody is left to pass it on to.' : 'Some of these will be duplicates.'],
  duplicate: () => ['It has it already: its hash is in what it has seen. The copy is dropped, and not passed on. Duplicates are the price of not asking before.', 'The fewer nodes are left without it, the more duplicates there are.'],
  suspected: ({ intervals }) => [`Nothing was heard from it for ${count(intervals, 'heartbeat interval')}. That is a suspicion, not a verdict: it may be slow, or the link may be bad.`, 'It is pinged once more, and its other neighbours are asked.'],
  jurySpoke: ({ confirmed, jurors, majority }) => [`${confirmed} of ${jurors} neighbours of the accused have signed that it is silent for them, too; more than half are needed, ${Math.floor(jurors / 2) + 1}. ${majority ? 'That is a majority.' : 'That is not enough: one who lies, or one bad link, removes nobody.'}`, majority ? 'The report goes to the seeds.' : 'Nobody is reported.'],
  deadNodeReported: ({ confirmations }) => [`The report carries ${count(confirmations, 'signed confirmation')}, so the seeds need not believe who sends it.`, 'The seeds look for themselves, and vote.'],
  reported: ({ confirmed }) => [`${count(confirmed.length, 'neighbour')} of the accused have signed. The seed checks the signatures, and pings the accused itself before it votes.`, 'If it does not answer, the seed proposes to remove it.'],
  silent: () => ['It was silent for so long that it counts as dead here, whatever others say: no message is sent to it any more.', 'The link is given up.'],
  linkDown: () => ['Who is silent or no member any more is no neighbour.', 'The gap may be closed by another link.'],
  memberRemoved: () => ['A certificate with the signatures of a quorum says so. It can come back only with a higher incarnation.', 'All others hear of it.'],
  reappeared: () => ['It was no neighbour, or had been silent; now it has spoken, and counts again.', 'Nothing needs to be decided.'],
  cleared: () => ['The suspected has spoken, so the suspicion is over. Slow is not dead.', 'The network is as it was.'],
  differed: () => ['Two partners compare hashes of what they have seen, and find that they differ: something was lost.', 'Each will send the other what it lacks (anti-entropy).'],
  stopped: () => ['It stopped without a word. Nobody knows yet.', 'Its neighbours will miss its heartbeats.'],
  started: () => ['A peer begins with no neighbours: it knows only the seeds of its configuration.', 'It asks to be registered.'],
};

function copies(step) {
  return (step.sent ?? []).filter((sent) => sent.content?.type === 'GOSSIP').length;
}

/** What a message is for, when nothing was told because of it. */
const MESSAGES = {
  PING: 'Who was not heard of for a while is asked, before anybody speaks of suspicion.',
  PONG: 'Every sign of life counts: whoever speaks is not dead.',
  LINK: 'Neighbours tell each other their neighbours, so that each knows who could be a juror.',
  DECLARE: 'A signed declaration of its neighbours: only they may be jurors on it, so nobody can invent a jury.',
  SYNC: 'Seeds compare their Peer Lists, should one have missed a decision.',
  PEER_LIST: 'Changes of the Peer List, each with its certificate.',
  PEER_LIST_REQUEST: 'Only what has changed since the last time is asked for.',
  REGISTER_REQUEST: 'The request carries a proof that it has the key it names.',
  PROPOSE_REGISTER: 'Each seed examines the peer itself before it votes.',
  PROPOSE_REMOVE: 'Each seed pings the accused itself before it votes.',
  SUSPECT_QUERY: 'A juror is asked what it knows itself; it does not take the word of who asks.',
  SUSPECT_REPLY: 'Only a signed confirmation counts.',
};

/** The card of a step. */
export function card(step, lesson) {
  if (!step) return { happened: 'Nothing has happened yet.', why: 'Every node is a state machine: it takes one event after the other, and all it does follows from them. The random seed decides the rest, so the same lesson always runs the same.', next: 'The seeds start first.' };
  const signals = step.signals ?? [];
  const told = signals.find(({ trace }) => RULES[trace.signal]);
  const [why, next] = told ? RULES[told.trace.signal](told.trace, step, lesson) : [because(step), ''];
  return { happened: happened(step), told: signals.map(({ trace, words }) => `${capitalized(inWords(trace.node))} ${inWords(words)}.`), why, next };
}

function capitalized(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function happened(step) {
  const node = step.node ? capitalized(inWords(step.node)) : '';
  switch (step.kind) {
    case 'started': return `${node} starts.`;
    case 'delivered': return `${node} gets from ${inWords(step.from)}: “${inWords(step.message.words)}”`;
    case 'lost': return `A message from ${step.from ? inWords(step.from) : 'somebody'} to ${inWords(step.node)} finds nobody: “${inWords(step.message?.words ?? '')}”`;
    case 'waits': return `Something waits for ${inWords(step.node)}, which is paused.`;
    case 'timer': return `${node}: ${inWords(step.timer ?? 'a timer')}.`;
    case 'command': return 'Somebody publishes a message.';
    case 'fault': return `A fault: ${inWords(step.words ?? '')}.`;
    case 'intervention': return `You have intervened: ${step.deed.replaceAll(':', ' ')}.`;
    case 'saved': return `What ${inWords(step.node ?? 'a node')} has saved is durable now.`;
    default: return inWords(step.words ?? step.kind);
  }
}

function because(step) {
  if (step.message) return MESSAGES[step.message.content.type] ?? 'It changes nothing that it knows.';
  if (step.kind === 'timer') return 'A timer that it has set itself is due. Nodes have no other sense of time.';
  if (step.kind === 'saved') return 'What depends on something saved leaves only when that is durable; so no crash can make a node break its word.';
  return '';
}

/** Whether people should see it: something was told, has changed or was lost, or a rumor or a vote has come. */
export function matters(step) {
  return (step.signals ?? []).length > 0 || (step.changed ?? []).length > 0 || (step.lost ?? []).length > 0 || ['intervention', 'fault', 'refused', 'end', 'lost'].includes(step.kind);
}
