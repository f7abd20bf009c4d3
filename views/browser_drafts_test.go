package views

import "testing"

// A draft that cannot be kept is tried again once in a while: not once for each pause
// there was in the writing.
func TestDraftRetries(t *testing.T) {
	const sooner = `const later = window.setTimeout; window.setTimeout = (fn, ms, ...more) => later(fn, ms === 800 ? 20 : ms === 15000 ? 500 : ms, ...more);`
	b := newTab(t, chrome(t), newFakeDesk(t), "/chats/JONAS", sooner)
	b.set(func() { b.answer = 503 })
	drafts := func(chat string) int { return len(b.posted("/chats/" + chat + "/draft")) }
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	for i := range 20 {
		b.keys("x")
		b.eventually("it is tried", func() bool { return drafts("JONAS") > i })
	}
	b.do(`window.now = performance.now()`)
	before := drafts("JONAS")
	b.until(`performance.now() > now + 2200`)
	// It is tried every half second here, by one of them.
	if n := drafts("JONAS") - before; n > 8 {
		t.Errorf("tried %d times in two seconds", n)
	}
	b.set(func() { b.answer = 204 })
	b.until(`!localStorage.getItem("draft:anna@example.com:JONAS")`)
}

// What waits to be kept in one chat does not hold up what is written in another.
func TestDraftsOfTwoChats(t *testing.T) {
	const sooner = `const later = window.setTimeout; window.setTimeout = (fn, ms, ...more) => later(fn, ms === 800 ? 1000 : ms === 15000 ? 100 : ms, ...more);`
	b := newTab(t, chrome(t), newFakeDesk(t), "/chats/JONAS", sooner)
	b.set(func() { b.answer = 503 })
	b.do(`document.querySelector("textarea[name=text]").focus()`)
	b.keys("for Jonas")
	b.eventually("it is tried again and again", func() bool { return len(b.posted("/chats/JONAS/draft")) > 3 })
	b.do(`document.querySelector("#row-LINH a").click()`)
	b.until(`document.body.dataset.open === "LINH" && document.activeElement.name === "text"`)
	b.keys("for Linh")
	b.eventually("the other one is tried", func() bool { return len(b.posted("/chats/LINH/draft")) > 0 })
}
