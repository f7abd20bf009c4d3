package views

import "testing"

// That a chat is shown is told again and again, however often its page is drawn anew:
// with a filter on the lists that is every few seconds.
func TestShownIsToldAgain(t *testing.T) {
	const sooner = `const later = window.setTimeout; window.setTimeout = (fn, ms, ...more) => later(fn, ms === 20000 ? 1500 : ms, ...more);`
	b := newTab(t, chrome(t), newFakeDesk(t), "/chats/JONAS", sooner)
	told := func() int { return len(b.posted("/chats/JONAS/viewing")) }
	b.eventually("the chat is told to be shown", func() bool { return told() == 1 })
	b.do(`setInterval(() => { const menu = document.querySelector(".views"); menu.open = !menu.open; }, 100)`) // each opening draws the page
	b.eventually("it is told again", func() bool { return told() > 2 })
}
