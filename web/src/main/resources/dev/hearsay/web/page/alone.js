// The page Learn by itself: no network, no server, no other pages.

import { Route } from './model/route.js';
import { LearnPage } from './pages/learn.js';
import { eachFrame } from './parts/frames.js';
import { listenToKeys } from './parts/keys.js';
import { offerFile } from './parts/onefile.js';
import { open } from './parts/opening.js';
import { offerTheme } from './parts/theme.js';

const byId = (id) => document.getElementById(id);

/** What the page Learn needs of whatever it is on. */
class Alone {
  constructor() {
    this.show = eachFrame(() => this.page.update());
    this.route = new Route([LearnPage.id], () => this.follow());
    this.page = new LearnPage(byId('page-learn'), this);
  }

  /** Somebody has put another address into the bar: another lesson is another page. The way to the middle of this one is none. */
  follow() {
    if (location.hash.startsWith('#/')) location.reload();
    else this.show();
  }
}

const alone = new Alone();
byId('network').textContent = LearnPage.title;
document.title = `Hearsay ${LearnPage.title}`;
listenToKeys((key) => alone.page.keys[key], () => alone.page.stage.select(-1));
offerTheme(byId('theme'), () => {
  alone.page.colours();
  alone.show();
});
offerFile(byId('learn-save'), byId('learn-wrong'));
document.addEventListener('visibilitychange', alone.show);
open(alone.page, alone.route);
