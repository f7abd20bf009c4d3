package views

import "testing"

// Enter sends what is written, also while a list that one has typed past is still on
// its way.
func TestEnterPastASlowList(t *testing.T) {
	const never = `const send = window.fetch; window.fetch = (url, how) => /canned$/.test(url) ? new Promise(() => {}) : send(url, how);`
	b := newTab(t, chrome(t), newFakeDesk(t), "/chats/JONAS", never)
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("order #12 is here\r")
	b.eventually("it is sent", func() bool { return len(b.posted("/chats/JONAS/events")) == 1 })
}
