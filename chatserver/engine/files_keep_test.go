package engine

import (
	"errors"
	"os"
	"strings"
	"testing"

	"agentdesk/protocol"
)

// TestFilesGoWithTheirThreads: a file lies in storage as long as an event of some
// thread uses it.
func TestFilesGoWithTheirThreads(t *testing.T) {
	for _, way := range []string{"thread", "threads", "chat"} {
		t.Run(way, func(t *testing.T) {
			e := newEngine(t, Settings{})
			online(t, e, "anna")
			g := arrive(t, e, "Mia").start(t, e, 1)
			upload := func() string { return must(e.AddFile(t.Context(), g.by, "a.txt", strings.NewReader("hello"))) }
			send := func(chat, url string) {
				t.Helper()
				must(e.SendEvent(t.Context(), g.by, protocol.SendEventRequest{ChatID: chat, Event: protocol.Event{Type: protocol.EventFile, URL: url}}))
			}
			once, twice, picture := upload(), upload(), upload()
			send(g.chat, once)
			send(g.chat, once) // twice in the same thread is once
			send(g.chat, twice)
			must(e.SendEvent(t.Context(), Actor{}, protocol.SendEventRequest{ChatID: g.chat, Event: eventOf(t,
				`{"type":"rich_message","template_id":"cards","elements":[{"title":"x","image":{"url":"`+picture+`"}}]}`)}))
			other := arrive(t, e, "Otto").start(t, e, 1)
			must(e.SendEvent(t.Context(), other.by, protocol.SendEventRequest{ChatID: other.chat, Event: protocol.Event{Type: protocol.EventFile, URL: twice}}))
			unsent := upload()
			thread := threadOf(t, e, g.chat)
			closeChat(t, e, Actor{}, g.chat)

			for _, url := range []string{once, twice, picture, unsent} {
				stored(t, e, url, true)
			}
			var err error
			switch way {
			case "thread":
				err = e.DeleteThread(t.Context(), Actor{}, protocol.ThreadRequest{ChatID: g.chat, ThreadID: thread})
			case "threads":
				err = e.DeleteThreads(t.Context(), Actor{}, protocol.ThreadsDeleted{DateTo: protocol.At(e.Now())})
			case "chat":
				err = e.DeleteChat(t.Context(), Actor{}, g.chat)
			}
			if err != nil {
				t.Fatal(err)
			}
			stored(t, e, once, false)
			stored(t, e, picture, false)
			stored(t, e, twice, true)
			stored(t, e, unsent, true)
			closeChat(t, e, Actor{}, other.chat)
			if err := e.DeleteChat(t.Context(), Actor{}, other.chat); err != nil {
				t.Fatal(err)
			}
			stored(t, e, twice, false)
		})
	}
}

// stored checks whether a file can be opened, and whether it lies on the disk.
func stored(t *testing.T, e *Engine, url string, want bool) {
	t.Helper()
	id, _ := e.fileID(url)
	_, body, err := e.OpenFile(t.Context(), id, "")
	if err == nil {
		body.Close()
	}
	var pe *protocol.Error
	if err != nil && !errors.As(err, &pe) {
		t.Fatal(err)
	}
	_, gone := os.Stat(e.filePath(id, ""))
	if (err == nil) != want || (gone == nil) != want {
		t.Errorf("%s: opened with %v, on disk %v, want %v", url, err, gone, want)
	}
}
