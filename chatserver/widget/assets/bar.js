// The bar below the header: what is wrong, or how long the queue is.

import { el } from './view.js';
import { N, T } from './words.js';

const troubles = {
  connecting: T('Connecting…'),
  offline: T('Connection lost. Trying again; your messages are kept.'),
  refused: T('This chat is not available to you.'),
  stopped: T('The chat is not available at the moment. Please reload the page later.'),
};

// drawBar touches the page only where the words change: a screen reader reads
// them out each time.
export function drawBar(bar, state, queue) {
  const trouble = troubles[state];
  const lines = trouble ? [trouble] : queue ? place(queue) : [];
  bar.className = `bar ${!trouble && queue ? 'queue' : state}`;
  bar.hidden = !lines.length;
  if ([...bar.children].map((n) => n.textContent).join() !== lines.join()) {
    bar.replaceChildren(...lines.map((text, i) => el(i ? 'small' : 'span', { textContent: text })));
  }
}

function place({ position, wait_time: seconds }) {
  const where = position > 1 ? T('You are number %d in the queue', position) : T('You are next in the queue');
  return seconds ? [where, N(Math.max(1, Math.round(seconds / 60)), 'Waiting time: about %d minute', 'Waiting time: about %d minutes')] : [where];
}
