// The kinds of signals, in the groups by which people look for them.

export const GROUPS = {
  messages: ['published', 'delivered', 'duplicate', 'relayed', 'refused', 'forgotten', 'ownLost', 'differed', 'converged', 'overflowed', 'generated'],
  links: ['linkUp', 'linkDown', 'neighboursDrawn'],
  'failure detection': ['suspected', 'cleared', 'silent', 'reappeared', 'jurySpoke', 'deadNodeReported'],
  membership: [
    'seedStarted', 'memberAdded', 'memberDismissed', 'memberRemoved', 'applied', 'seedsAnswered', 'registered', 'notRegistered',
    'peerListReceived', 'reported', 'proposed', 'voted', 'voteReceived', 'decided', 'listChanged', 'keyLearnt', 'seedsWithoutQuorum', 'seedsWithQuorum',
  ],
  faults: ['faultBegan', 'faultEnded'],
  other: ['started', 'departed', 'stopped', 'committed', 'written', 'entryReceived', 'missed'],
};

/** The name of a signal as two or three plain words. */
export function signalWords(signal) {
  return signal.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
