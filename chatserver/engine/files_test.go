package engine

import (
	"strings"
	"testing"
	"time"
)

// TestPicturesOfAgentsStay: an upload that nothing uses is deleted, one that is an
// agent's picture is kept until there is another.
func TestPicturesOfAgentsStay(t *testing.T) {
	e := newEngine(t, Settings{})
	add := func() (url, id string) {
		url, err := e.AddFile(t.Context(), Actor{ID: "anna"}, "anna.gif", strings.NewReader("GIF89a"))
		if err != nil {
			t.Fatal(err)
		}
		id, _ = e.fileID(url)
		return url, id
	}
	has := func(id string) bool {
		_, f, err := e.OpenFile(t.Context(), id, "")
		if err == nil {
			f.Close()
		}
		return err == nil
	}
	picture := func(url string) {
		t.Helper()
		if err := e.UpdateAgent(t.Context(), Actor{}, "anna", AgentChange{Avatar: &url}); err != nil {
			t.Fatal(err)
		}
		e.mu.Lock()
		e.sweepFiles(t.Context(), e.now().Add(e.set.FileLifetime+time.Hour))
		e.mu.Unlock()
	}
	first, firstID := add()
	_, unused := add()
	picture(first)
	if !has(firstID) || has(unused) {
		t.Errorf("the picture is there: %v, what nothing uses: %v", has(firstID), has(unused))
	}
	second, secondID := add()
	picture(second)
	if has(firstID) || !has(secondID) {
		t.Errorf("the picture before is there: %v, the new one: %v", has(firstID), has(secondID))
	}
	if picture(""); has(secondID) {
		t.Error("a picture that was taken away is there")
	}
}
