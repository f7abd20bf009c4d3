package main

import (
	"fmt"

	"github.com/chromedp/chromedp"
)

// measureLong prints what reading a long chat from its end to its beginning costs
// a browser: how long it was busy at a stretch, and which frames it missed.
func measureLong(o options, d fullDesk) error {
	b, stop, err := openBrowser()
	if err != nil {
		return err
	}
	defer stop()
	if err := b.allow(d.url, d.cookies); err != nil {
		return err
	}
	if err := chromedp.Do(b.ctx, chromedp.Navigate(d.url+"/chats/"+chatID(0))); err != nil {
		return err
	}
	if _, err := b.number(online); err != nil {
		return err
	}
	if _, err := b.number(watchFrames); err != nil {
		return err
	}
	for to := o.events - 1000; to > -1000; to -= 1000 { // in stretches that end in time
		if _, err := b.number(fmt.Sprintf("reading.read(%d)", max(to, 0))); err != nil {
			return err
		}
	}
	for _, f := range []struct{ what, expr, form string }{
		{fmt.Sprintf("%d events scrolled through, longest task", o.events), "reading.longest", "%.0f ms"},
		{"  tasks longer than 50 ms", "reading.tasks", "%.0f"},
		{"  frames, at 240 pixels each", "reading.count", "%.0f"},
		{"  frames missed", "reading.missed", "%.0f"},
		{"  most elements on the page", "reading.most", "%.0f"},
	} {
		n, err := b.number(f.expr)
		if err != nil {
			return err
		}
		figure(f.what, fmt.Sprintf(f.form, n), "")
	}
	return nil
}

// watchFrames begins to watch: reading.read scrolls upwards with every frame until
// an event with some number is on the page. A frame that comes more than one turn
// of the screen, 60 in a second, after the one before it has missed the others.
const watchFrames = `(() => {
	const f = window.reading = { longest: 0, tasks: 0, count: 0, missed: 0, most: 0 };
	new PerformanceObserver(l => { for (const e of l.getEntries()) { f.tasks++; f.longest = Math.max(f.longest, e.duration); } }).observe({ type: "longtask" });
	const first = () => Number(document.querySelector(".log [data-event-id]").dataset.eventId.split("_")[1]) - 1;
	f.read = to => new Promise(done => {
		let last = 0;
		const turn = now => {
			if (last) f.missed += Math.max(0, Math.round((now - last) / (1000 / 60)) - 1);
			last = now;
			f.most = Math.max(f.most, document.getElementsByTagName("*").length);
			if (first() <= to) return done(f.count);
			f.count++;
			document.querySelector(".log").scrollTop -= 240;
			requestAnimationFrame(turn);
		};
		requestAnimationFrame(turn);
	});
	return 0;
})()`
