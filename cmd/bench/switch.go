package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// awaited begins a promise, window.switched, of the time in ms from the click on a row,
// or the key, to the end of the frame in which its chat stands: what that frame has to
// lay out and paint belongs to it. The sign for it costs the page nothing while it
// waits. The expression gives the row's number.
const awaited = `(() => {
	const rows = document.querySelectorAll(".row"), row = rows[%[1]d %% rows.length], id = row.dataset.chatId;
	window.switched = new Promise(done => {
		let from = 0;
		for (const cause of ["click", "keydown"]) document.addEventListener(cause, () => { from ||= performance.now(); }, { capture: true, once: true });
		const painted = () => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => done(performance.now() - from); c.port2.postMessage(0); });
		const o = new MutationObserver(() => {
			if (document.body.dataset.open !== id || document.querySelector(".chat .log")?.dataset.chatId !== id) return;
			o.disconnect();
			painted();
		});
		o.observe(document.body, { attributes: true, childList: true });
	});
	row.scrollIntoView({ block: "nearest" });
	return %[1]d %% rows.length;
})()`

// held is how long a person keeps the button of the mouse down, a look how long one
// stays with a chat at least.
const (
	held = 80 * time.Millisecond
	look = 400 * time.Millisecond
)

// switching opens chat after chat by its row, those of the lists again and again: at
// first none was open yet. A script clicks without warning; a person presses the
// button first, or goes by keys from row to row.
func (p *page) switching(url string) error {
	if err := chromedp.Do(p.ctx, chromedp.Navigate(url+"/chats")); err != nil {
		return err
	}
	if _, err := p.number(online); err != nil {
		return err
	}
	for _, round := range []struct {
		name string
		open func(row int) (float64, error)
	}{
		{"switch to a chat that was not open yet", p.click},
		{"switch to a chat that was open before", p.click},
		{"the same by the mouse", p.press},
		{"the same by keys, from row to row", p.step},
	} {
		var times []float64
		for i := range switches {
			ms, err := round.open(i)
			if err != nil {
				return err
			}
			times = append(times, ms)
		}
		slices.Sort(times)
		figure(round.name+", median", fmt.Sprintf("%.0f ms", middle(times)), "< 50 ms")
		figure("  95 of 100", fmt.Sprintf("%.0f ms", times[len(times)*95/100]), "")
	}
	return nil
}

// click opens a row's chat without warning.
func (p *page) click(row int) (float64, error) {
	return p.number(fmt.Sprintf(awaited, row) + `, document.querySelectorAll(".row")[` + fmt.Sprint(row) + ` % document.querySelectorAll(".row").length].querySelector("a").click(), window.switched`)
}

// press opens a row's chat with the mouse.
func (p *page) press(row int) (float64, error) {
	n, err := p.number(fmt.Sprintf(awaited, row))
	if err != nil {
		return 0, err
	}
	var at [2]float64
	for i, side := range []string{"x + 120", "y + 20"} { // beside the picture, which chooses the row
		if at[i], err = p.number(fmt.Sprintf(`(r => r.%s)(document.querySelectorAll(".row")[%d].getBoundingClientRect())`, side, int(n))); err != nil {
			return 0, err
		}
	}
	for _, kind := range []input.DispatchMouseEventType{"mouseMoved", "mousePressed", "mouseReleased"} {
		if kind == "mouseReleased" {
			time.Sleep(held)
		}
		e := input.DispatchMouseEventParams{Type: kind, X: at[0], Y: at[1]}
		if kind != "mouseMoved" {
			e.Button, e.ClickCount = "left", 1
		}
		if _, err := chromedp.Call(p.ctx, input.DispatchMouseEvent, e); err != nil {
			return 0, err
		}
	}
	return p.number("window.switched")
}

// step opens a row's chat by the key that goes from row to row while one writes,
// within the first list. That of the first row is clicked.
func (p *page) step(row int) (float64, error) {
	if row %= 30; row == 0 {
		return p.click(row)
	}
	time.Sleep(look)
	if _, err := p.number(fmt.Sprintf(awaited, row)); err != nil {
		return 0, err
	}
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp} {
		e := input.DispatchKeyEventParams{Type: kind, Key: "ArrowDown", Code: "ArrowDown", Modifiers: 1} // Alt
		if _, err := chromedp.Call(p.ctx, input.DispatchKeyEvent, e); err != nil {
			return 0, err
		}
	}
	return p.number("window.switched")
}
