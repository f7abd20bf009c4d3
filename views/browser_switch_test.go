package views

import (
	"io"
	"strconv"
	"testing"
	"time"
)

// From chat to chat: what a switch costs beside asking for the page and reading
// it, which is its floor. A ratio holds on a slow machine too.
func TestSwitching(t *testing.T) {
	b := openTab(t, chrome(t), "/chats/JONAS")
	b.do(`(async () => {
  const ids = ["LINH", "JONAS", "FATIMA", "EVA"], switched = [], bare = [], moment = () => new Promise(r => { const c = new MessageChannel(); c.port1.onmessage = r; c.port2.postMessage(0); });
  for (let i = 0; i < 20; i++) {
    const a = document.querySelector("#row-" + ids[i % 4] + " a");
    let t = performance.now();
    const page = new DOMParser().parseFromString(await (await fetch(a.href)).text(), "text/html");
    bare.push(performance.now() - t);
    t = performance.now();
    a.click();
    while (document.querySelector(".chat .log")?.dataset.chatId !== ids[i % 4]) await moment();
    document.querySelector(".chat .log").getBoundingClientRect();
    switched.push(performance.now() - t);
    await new Promise(r => setTimeout(r, 30));
  }
  const middle = list => list.sort((x, y) => x - y)[10];
  window.switching = [middle(switched), middle(bare)];
})()`)
	b.slowly(`window.switching`)
	ratio, _ := strconv.ParseFloat(b.text(`(switching[0] / switching[1]).toFixed(2)`), 64)
	t.Logf("a switch takes %s ms, %.2f times what it takes to read its page", b.text(`switching[0].toFixed(1)`), ratio)
	if ratio <= 0 || ratio > 8 {
		t.Errorf("a switch takes %.2f times what it takes to read its page", ratio)
	}
}

// A chat is asked for when its row is pressed. What happens between that and the
// click is shown all the same.
func TestAskedEarly(t *testing.T) {
	b := openTab(t, chrome(t), "/chats/JONAS")
	b.do(`document.querySelector("#row-LINH a").dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }))`)
	b.eventually("the page is asked for", func() bool { return b.got("/chats/LINH") })
	b.push(t, func(w io.Writer) error {
		return EventPatch(w, env0, "LINH", "TH1", message("X9", "c6", "said meanwhile", time.Now()), jonas())
	})
	r := sampleRows()[0]
	r.Unread = 7
	b.push(t, func(w io.Writer) error { return RowPatch(w, env0, r) })
	b.until(`document.getElementById("row-MARTA").dataset.unread === "7"`)
	b.do(`document.querySelector("#row-LINH a").click()`)
	b.until(`document.body.dataset.open === "LINH" && !!document.getElementById("e-X9")`)
	b.is(`document.getElementById("row-MARTA").dataset.unread`, "7")
	n := 0
	b.set(func() {
		for _, g := range b.gets {
			if g == "/chats/LINH" {
				n++
			}
		}
	})
	if n != 1 {
		t.Errorf("the page was asked for %d times", n)
	}
}
