package chatserver_test

import (
	"testing"

	"agentdesk/chatserver"
)

// TestConformanceDeletedFiles: the file of a deleted thread cannot be had any
// more.
func TestConformanceDeletedFiles(t *testing.T) {
	s := start(t, func(*chatserver.Options) {}) // another server lets nobody delete
	k := s.begin()
	_, d := s.upload("customer", k.g.token, "notes.txt", []byte("a few words"))
	url := d.str("url")
	k.guest.ok("send_event", `{"chat_id":"`+k.chat+`","event":{"type":"file","url":"`+url+`"}}`)
	k.anna.ok("deactivate_chat", `{"id":"`+k.chat+`"}`)
	path := url[len(s.url):]
	if resp, _ := s.send("GET", path, "", "", nil); resp.StatusCode != 200 {
		t.Errorf("before: %d", resp.StatusCode)
	}
	if err := s.srv.DeleteThread(t.Context(), k.chat, k.thread); err != nil {
		t.Fatal(err)
	}
	if resp, d := s.request("GET", path, "", "", nil); resp.StatusCode != 404 || d.str("error.type") != "not_found" {
		t.Errorf("after: %d %s", resp.StatusCode, d)
	}
}
