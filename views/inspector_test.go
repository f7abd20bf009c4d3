package views

import (
	"strings"
	"testing"

	"agentdesk/desk"
)

func sampleInspector() InspectorPage {
	p := InspectorPage{Page: page("Inspector", NavNone), Last: 7}
	p.Me.Permission = "administrator"
	for i, f := range []desk.Frame{
		{Kind: desk.FrameRequest, Action: "login", RequestID: "r1", Body: []byte(`{"request_id":"r1","action":"login","payload":{"token":"•••","away":false,"application":{"name":"agentdesk"}}}`)},
		{Kind: desk.FrameRequest, Action: "send_event", RequestID: "r2", Body: []byte(`{"request_id":"r2","action":"send_event","payload":{"chat_id":"JONAS","event":{"type":"message","text":"<b>Hello</b>\nJonas","visibility":"all","custom_id":null,"n":1.50},"deep":[[],{},[{"a":[1,2,{"b":true}]}]]}}`)},
		{Kind: desk.FramePush, Action: "incoming_event", Body: []byte(`{"version":"3.6","action":"incoming_event","type":"push","payload":{"chat_id":"JONAS","event":{"id":"E9","text":"هل يمكنني"}}}`)},
		{Kind: desk.FrameResponse, Action: "send_event", RequestID: "r2", Took: 3_210_000, Body: []byte(`{"request_id":"r2","action":"send_event","type":"response","success":true,"payload":{"event_id":"E9"}}`)},
		{Kind: desk.FrameResponse, Action: "transfer_chat", RequestID: "r3", Failed: true, Took: 900_000, Body: []byte(`{"request_id":"r3","action":"transfer_chat","type":"response","success":false,"payload":{"error":{"type":"validation","message":"target is required"}}}`)},
		{Kind: desk.FrameResponse, Action: "list_chats", RequestID: "r4", Size: 812_000, Took: 21_000_000},
		{Kind: desk.FramePush, Size: 12},
	} {
		f.Seq, f.At = int64(i+1), ago(0)
		f.Size = max(f.Size, len(f.Body))
		p.Frames = append(p.Frames, f)
	}
	return p
}

func TestInspectorNarrows(t *testing.T) {
	p := sampleInspector()
	p.Kind, p.Action = desk.FrameResponse, "send"
	doc := parsed(t, render(t, Inspector(p)))
	if n := doc.Find(".frame").Length(); n != 1 || !strings.Contains(doc.Find(".help").First().Text(), "1 of 7 frames") {
		t.Errorf("%d frames are shown, and the page says %q", n, doc.Find(".help").First().Text())
	}
	doc = parsed(t, render(t, Inspector(sampleInspector())))
	if first := doc.Find(".frame").First().AttrOr("id", ""); first != "f-7" {
		t.Errorf("the newest frame is not first, but %s", first)
	}
	if s := doc.Find("#f-2").Text(); !strings.Contains(s, `<b>Hello</b>\nJonas`) || !strings.Contains(s, "1.50") {
		t.Errorf("a body is shown as %q", s)
	}
}

// A body of folds without end is drawn as far as one can look at it.
func TestDeepFolds(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 500) + "1" + strings.Repeat("}", 500)
	html := render(t, jsonTree(sampleEnv, []byte(deep)))
	if n := strings.Count(html, "<details"); n != maxTree {
		t.Errorf("%d folds are drawn", n)
	}
	if html := render(t, jsonTree(sampleEnv, []byte(`{"a":`))); strings.Contains(html, "json") || !strings.Contains(html, "not JSON") {
		t.Errorf("half a body is drawn as %s", html)
	}
}
