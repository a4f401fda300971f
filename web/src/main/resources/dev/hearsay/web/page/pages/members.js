// The page Members: who is a member as the seeds hold it, and how they decided.

import { Ballots } from '../parts/ballots.js';
import { PeerLists } from '../parts/peerlists.js';
import { Views } from '../parts/views.js';
import { Members } from '../model/members.js';
import { count, number } from '../model/words.js';

export class MembersPage {
  static id = 'members';
  static title = 'Members';

  constructor(root, app) {
    this.root = root;
    this.app = app;
    const find = (id) => root.querySelector(`#${id}`);
    this.quorum = find('quorum');
    this.title = find('lists-title');
    this.then = find('lists-then');
    this.votes = find('ballots');
    this.members = new Members(() => this.isShown && app.show());
    this.lists = new PeerLists(root, app);
    this.views = new Views(root, app);
    this.ballots = new Ballots(root, app);
  }

  get isShown() {
    return this.app.page === this;
  }

  /** The page is opened. */
  opened() {
    this.members.ask();
  }

  /** Something has been told, whichever moment is shown. */
  heard(update) {
    if (this.isShown) this.members.heard(update, (i) => this.app.network.nodes[i]?.role === 'seed');
  }

  update(scene) {
    const { now, trouble } = this.members;
    if (now === null) {
      this.say(trouble === '' ? 'Asking who is a member …' : trouble);
      return;
    }
    const hasSeeds = now.seeds.length > 0;
    this.say(trouble === '' ? quorumWords(now, scene) : `${trouble} This is what it said last.`);
    this.title.textContent = hasSeeds ? 'Peer Lists of the seeds' : 'Members as nodes see them';
    const { isReplay } = this.app.network;
    this.then.hidden = scene.moment === null && !isReplay;
    this.then.textContent = isReplay
      ? `${hasSeeds ? 'The lists are' : 'This is'} what was told until the end of the recording; who has signed it is not in it.`
      : `The lists are as they are now${hasSeeds ? '; what they were then is told by the ballots' : ', not as they were then'}.`;
    this.votes.hidden = !hasSeeds;
    this.root.classList.toggle('seeded', hasSeeds);
    if (hasSeeds) {
      this.lists.show(now.seeds, scene);
      this.ballots.show(this.members.ballots(scene.moment));
    } else {
      this.views.show(now.nodes, scene);
    }
  }

  say(words) {
    if (this.quorum.textContent !== words) this.quorum.textContent = words;
  }
}

/** Whether seeds can decide, or could by then. */
function quorumWords({ seeds, quorum }, scene) {
  if (seeds.length === 0) return 'This network has no seeds: members are those of its configuration.';
  if (quorum === null) return `Whether the ${count(seeds.length, 'seed')} can decide is not known yet.`;
  if (scene.moment !== null) {
    const ran = seeds.filter((seed) => scene.nodes[seed.i]?.state === 'live').length;
    return `${number(ran)} of ${count(quorum.seeds, 'seed')} ran at this moment, ${number(quorum.needed)} needed to decide.`;
  }
  if (quorum.reachable < quorum.needed) {
    return `Seeds cannot decide: ${number(quorum.reachable)} of ${number(quorum.seeds)} reachable. Messages still spread; joins and removals wait.`;
  }
  return `${number(quorum.reachable)} of ${count(quorum.seeds, 'seed')} reachable, ${number(quorum.needed)} needed.`;
}
