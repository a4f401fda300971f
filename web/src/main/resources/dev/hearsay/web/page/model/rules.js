// The rules of the protocol: why something is told, sent or due, with the numbers of the step, and what to watch next.

import { inWords } from './lesson.js';
import { capital, count, number } from './words.js';

const majority = (size) => Math.floor(size / 2) + 1;
const sum = (size) => `⌊${size} / 2⌋ + 1 = ${majority(size)}`;

/** By what was told; where several things were, the first in this order counts. Each takes the trace line and the step. */
export const SIGNALS = {
  refused: ({ reason }) => [`It is not taken: ${inWords(reason)}. Nobody believes what cannot be proved.`, 'Nothing changes, here or elsewhere.'],
  seedStarted: ({ seeds, quorum }) => [`Of ${count(seeds, 'seed')}, more than half must agree: ${sum(seeds).replace(/\d+$/, quorum)}. Two quorums always share a seed, so two decisions cannot contradict each other.`, 'Peers will ask to be registered.'],
  applied: ({ seeds, configured }) => [`A peer asks ${sum(configured)} or more of the ${count(configured, 'seed')}, here ${seeds.length}, so that one of them surely reaches a quorum.`, 'Each seed dials the peer back before it votes: who cannot answer with its key is not there.'],
  seedsAnswered: ({ seeds, configured }) => [`${seeds.length} of ${count(configured, 'seed')} ${seeds.length === 1 ? 'has' : 'have'} dialled the peer back, so it can be reached by them.`, 'They will vote.'],
  registered: () => ['It has a certificate with the signatures of a quorum. Whoever sees it can check it, without asking anybody.', 'It will ask for the Peer List, and draw its neighbours.'],
  notRegistered: ({ reason }) => [`Too few seeds said yes: ${inWords(reason)}.`, 'It waits a while, and asks again.'],
  decided: ({ yesVotes, needed, voters, approved }) => [`${yesVotes} of ${count(voters, 'seed')} said yes; ${sum(voters).replace(/\d+$/, needed)} are needed. So it is ${approved ? 'decided' : 'not decided'}.`, approved ? 'The certificate goes to all who should know.' : 'The Peer List stays as it is.'],
  proposed: ({ needed, ownVote }) => [`The seed has examined the case, votes ${ownVote ? 'yes' : 'no'} itself, and asks the others. ${count(needed, 'yes vote')} of different seeds are needed.`, 'Watch the votes come in.'],
  voteReceived: ({ yes, yesVotes, needed }) => yes === false
    ? [`It says no, so it stays at ${yesVotes} of the ${count(needed, 'yes vote')} that are needed.`, 'If too many say no, nothing is decided.']
    : [`That makes ${yesVotes} of the ${count(needed, 'yes vote')} that are needed.`, yesVotes >= needed ? 'The quorum is reached.' : 'One more vote may decide it.'],
  voted: ({ yes, reason }) => [yes ? 'It has examined the case itself, and found nothing against it. Its signature goes with the vote, and it is saved first: even after a crash it cannot vote otherwise.' : `It found this against it: ${inWords(reason)}.`, 'The vote goes to the seed that proposed.'],
  listChanged: ({ members }) => [`The Peer List has ${count(members.length, 'member')} now. Records are merged by incarnation, and a removal is above a registration, so all seeds end with the same list in whatever order they hear.`, 'The other seeds hear of it with the votes, or by comparing their lists.'],
  seedsWithoutQuorum: ({ reachable, seeds }) => [`It reaches ${reachable} of ${count(seeds, 'seed')}, itself included; ${sum(seeds)} are needed. So it decides nothing, rather than something that others could contradict.`, 'Joins and removals wait; messages still spread.'],
  seedsWithQuorum: ({ reachable, seeds }) => [`It reaches ${reachable} of ${count(seeds, 'seed')} again; ${sum(seeds)} are enough.`, 'It takes over what the others have decided meanwhile, each change with its certificate.'],
  keyLearnt: ({ seed }) => [`The configuration does not say the key of ${inWords(seed)}; the first that it showed holds from now on.`, 'Any other key in its name will be refused.'],
  reported: ({ confirmed, reporter }) => [`${count(confirmed.length, 'neighbour')} of the accused ${confirmed.length === 1 ? 'has' : 'have'} signed what ${inWords(reporter)} says. The seed checks the signatures, and pings the accused itself before it votes.`, 'If it does not answer, the seed proposes to remove it.'],
  published: (trace, step) => [`Who makes up a message gives it to all its neighbours: ${count(copies(step), 'copy')} of it${lostCopies(step)}.`, 'Each neighbour that has not seen it passes it on.'],
  delivered: ({ hops, way }, step) => way === 'eager'
    ? [`It had not seen it, so it keeps it, and passes it on to all neighbours but the one it came from: ${count(copies(step), 'copy')}${lostCopies(step)}. It came over ${count(hops, 'hop')}.`, copies(step) === 0 ? 'Nobody is left to pass it on to.' : 'Some of these will be duplicates.']
    : [`Every copy to it was lost. It learnt that it lacked something when it compared what it had seen with a partner (anti-entropy), and asked for it. It came over ${count(hops, 'hop')}.`, 'So what one live node has accepted reaches all.'],
  duplicate: () => ['It has it already: its hash is in what it has seen. The copy is dropped, and not passed on. Duplicates are the price of not asking before.', 'The fewer nodes are left without it, the more duplicates there are.'],
  relayed: ({ to, round }) => [`It passes the message on for the ${round === 1 ? 'first time' : `${round}. time`}, to ${count(to.length, 'neighbour')}.`, 'Who has it already will drop it.'],
  ownLost: ({ messages, keys }) => [`Others remember ${keys ? `${count(keys, 'key')} that this node has written` : `${count(messages, 'message')} that this node has published`} and does not have: its store came back with less than it had promised.`,
    keys ? 'What they have sent it keeps.' : 'It fetches them back, and numbers what it publishes from now on anew.'],
  differed: () => ['Two partners compare hashes of what they have seen, and find that they differ: something was lost, or is on its way.', 'Each will send the other what it lacks (anti-entropy).'],
  jurySpoke: ({ confirmed, jurors, majority: isMajority }) => jurors === 0
    ? ['It does not know whom the accused has named as its neighbours, so there is nobody to ask. It reports what it has seen itself.', 'The seeds know the neighbours, and will count.']
    : [`${confirmed} of ${count(jurors, 'neighbour')} of the accused have signed that it is silent for them, too; more than half are needed: ${sum(jurors)}. ${isMajority ? 'That is a majority.' : 'That is not enough: one who lies, or one bad link, removes nobody.'}`, isMajority ? 'The report goes to the seeds.' : 'It reports what there is; the seeds count for themselves.'],
  deadNodeReported: ({ confirmations }) => [`The report carries ${count(confirmations, 'signed confirmation')}, so the seeds need not believe who sends it.`, 'The seeds look for themselves, and vote.'],
  suspected: ({ intervals }) => [`Nothing was heard from it for ${count(intervals, 'heartbeat interval')}. That is a suspicion, not a verdict: it may be slow, or the link may be bad.`, 'It is pinged once more, and its other neighbours are asked.'],
  cleared: () => ['The suspected has spoken, so the suspicion is over. Slow is not dead.', 'The network is as it was.'],
  silent: () => ['It was silent for so long that it counts as dead here, whatever others say: no message is sent to it any more.', 'The link is given up.'],
  memberRemoved: () => ['A certificate with the signatures of a quorum says so. It can come back only with a higher incarnation.', 'All others hear of it.'],
  memberDismissed: () => ['It was taken out of the list of a static network: nobody votes there.', 'Links to it are given up.'],
  reappeared: () => ['It was no neighbour, or had been silent; now it has spoken, and counts again.', 'Nothing needs to be decided.'],
  neighboursDrawn: ({ neighbours }) => [`It draws ${count(neighbours.length, 'neighbour')} that it lacks. Members are weighted by Zipf's law: the one of rank r in the Peer List has the weight 1 / r^α, so few become hubs, and the overlay is a power law.`, 'Links form when the others answer.'],
  linkUp: ({ neighbour, reason }) => [`${capital(inWords(neighbour))} is a neighbour now, ${LINKS[reason] ?? 'by agreement'}. From now on both pass messages on to each other, and watch over each other.`, 'More links will form.'],
  linkDown: ({ reason }) => [LOSSES[reason] ?? 'Who is silent or no member any more is no neighbour.', 'The gap may be closed by another link.'],
  peerListReceived: ({ changes, members }) => [`It asked what has changed, and got ${count(changes, 'change')}, each with its certificate: it need not believe the seed. It knows ${count(members, 'member')} now.`, 'It draws neighbours, if it has too few.'],
  memberAdded: ({ member }) => [`It has seen a certificate that ${inWords(member)} is registered.`, 'It may be drawn as a neighbour.'],
  started: ({ neighbours }) => neighbours.length === 0
    ? ['A peer begins with no neighbours: it knows only the seeds of its configuration.', 'It asks to be registered.']
    : [`In a network without seeds the topology says who its neighbours are: ${neighbours.length}.`, 'It greets them, and listens.'],
  stopped: () => ['It stopped without a word. Nobody knows yet.', 'Its neighbours will miss its heartbeats.'],
  departed: () => ['It has said goodbye, so nobody needs to suspect it.', 'Its neighbours give up their links to it.'],
  forgotten: ({ rumors }) => [`Memory is bounded: the payloads of ${count(rumors, 'message')} were dropped, their hashes are kept.`, 'Copies of them are still known as duplicates.'],
  committed: ({ members }) => [`Each node gossips the highest version that it has; the least of ${count(members, 'member')} is had by all.`, 'What is committed can never be missing anywhere.'],
};

const LINKS = { drawn: 'because it was drawn', asked: 'because the other asked for it', heal: 'to close the gap that a lost neighbour left', returned: 'because it is back' };
const LOSSES = {
  left: 'It said goodbye, so it is no neighbour any more.',
  silent: 'It does not answer any more, so it is no neighbour any more.',
  removed: 'It is no member any more, by a certificate, so it is no neighbour either.',
  unneeded: 'The link closed a gap; that is closed again without it.',
};

function copies(step) {
  return [...(step.sent ?? []), ...(step.lost ?? [])].filter(({ content }) => content?.type === 'GOSSIP').length;
}

function lostCopies(step) {
  const lost = (step.lost ?? []).filter(({ content }) => content?.type === 'GOSSIP').length;
  return lost === 0 ? '' : `, of which ${number(lost)} ${lost === 1 ? 'is' : 'are'} lost on the way`;
}

/** What a message is for, and what comes of it, when nothing was told because of it. */
export const MESSAGES = {
  GOSSIP: ['A copy of a message that spreads.', 'Who has not seen it keeps it and passes it on.'],
  PING: ['Who was not heard of for a while is asked, before anybody speaks of suspicion; and a seed pings whom it is to vote on.', 'The answer is on its way, if it is there.'],
  PONG: ['Every sign of life counts: whoever speaks is not dead. To a seed it is signed, so nobody can answer for another.', 'Who asked knows now.'],
  LINK: ['Neighbours tell each other their neighbours, so that each knows who could be a witness.', 'If both want it, the link is up.'],
  LEAVE: ['Who goes in good order says so.', 'Nobody needs to suspect it.'],
  DECLARE: ['A signed declaration of its neighbours: only they may be witnesses, so nobody can invent some.', 'The seeds keep it for the day on which somebody accuses it.'],
  SYNC: ['Seeds compare their Peer Lists, should one have missed a decision.', 'The answer has what is new, with its certificates.'],
  PEER_LIST: ['Changes of the Peer List, each with its certificate.', 'Who receives them checks the signatures before it believes them.'],
  PEER_LIST_REQUEST: ['Only what has changed since the last time is asked for.', 'The seed answers with certificates.'],
  REGISTER_REQUEST: ['The request carries a proof that it has the key it names. The seed pings the address before it says anything.', 'If it answers with that key, the seed proposes it.'],
  REGISTER_ACK: ['The answer is a certificate with the signatures of a quorum.', 'One is enough; others say the same.'],
  REGISTER_NACK: ['The seed says why it cannot be.', 'The peer tries again later.'],
  PROPOSE_REGISTER: ['Each seed examines the peer itself before it votes.', 'It pings the address, and votes when it answers.'],
  PROPOSE_REMOVE: ['Each seed checks the signatures, and pings the accused itself, before it votes.', 'It votes when the accused has answered, or has not.'],
  VOTE: ['A vote counts once, for the seed that has signed it; after the decision it changes nothing.', 'What was decided stays decided.'],
  SUSPECT_QUERY: ['A witness is asked what it knows itself; it does not take the word of who asks.', 'It answers with its signature, or that the accused has spoken.'],
  SUSPECT_REPLY: ['Only a signed confirmation counts.', 'When all have answered, or the time is over, the witnesses have decided.'],
  DEAD_NODE_REPORT: ['The report carries the confirmations; the seed has them already.', 'It goes on with its own examination.'],
  REMOVAL_NOTIFY: ['The certificate says that a peer is out; it knew that already.', 'Nothing changes.'],
  SUMMARY: ['One hash stands for all it has seen. If it is the same, there is nothing to do.', 'If it differs, they compare more closely.'],
  DIGEST: ['For each origin the highest number without a gap: a few bytes tell what is missing.', 'Who lacks something asks for it.'],
  PULL: ['It asks for what it lacks, and for nothing else.', 'The repair is on its way.'],
  REPAIR: ['What was missing, sent again.', 'It counts as delivered, however late.'],
};

/** By the words of a timer. */
export const TIMERS = [
  [/anti-entropy/, 'Eager spreading may lose a message. So every node compares with a partner, once a second, whether both have seen the same.', 'Equal hashes end it at once.'],
  [/count who was silent/, 'Each round counts for how many heartbeats a neighbour was silent; two make a suspicion.', 'Who is there answers the pings.'],
  [/witnesses/, 'The witnesses had a limited time, so that dead ones hold up nobody.', 'The signatures that have come are counted.'],
  [/not answered this seed/, 'A seed pings several times before it believes that nobody is there: one ping may be lost.', 'After the last one it votes.'],
  [/vote is over/, 'Votes have a limited time, so that dead seeds hold up nobody.', 'What has no quorum by then is not decided.'],
  [/other seeds/, 'Once in a while seeds compare their Peer Lists.', 'Who has missed a decision takes it over with its certificate.'],
  [/asks? seeds to be registered/, 'It is not registered yet, and tries again.', 'Each seed examines it.'],
  [/ask a seed what has changed/, 'Peers refresh their copy of the Peer List.', 'Only changes are sent.'],
  [/no neighbour/, 'A member that nobody watches could die unseen. So now and then one is pinged that is no neighbour.', 'It answers, if it is there.'],
  [/declare/, 'Its neighbours have changed, and the seeds must know who could be a witness.', 'The declaration is signed and numbered.'],
  [/again/, 'It passes a message on more than once, in case copies were lost.', 'Most of them will be duplicates.'],
  [/./, 'A timer that it has set itself is due. Nodes have no other sense of time.', 'It sets the next one.'],
];
