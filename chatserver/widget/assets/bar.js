// The bar below the header: what is wrong, or how long the queue is.

import { el } from './view.js';

const troubles = {
  connecting: 'Connecting…',
  offline: 'Connection lost. Trying again; your messages are kept.',
  refused: 'This chat is not available to you.',
  stopped: 'The chat is not available at the moment. Please reload the page later.',
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
  const where = position > 1 ? `You are number ${position} in the queue` : 'You are next in the queue';
  return seconds ? [where, `Waiting time: about ${seconds < 90 ? 'a minute' : `${Math.round(seconds / 60)} minutes`}`] : [where];
}
