package chatserver

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

func errorType(t *testing.T, body []byte) string {
	t.Helper()
	return get[protocol.ErrorPayload](t, body).Error.Type
}

func TestWebAPI(t *testing.T) {
	w := newWorld(t)
	v := w.visitor("Vera")
	w.login("anna")
	v.start(1, "hello")
	bearer := "Bearer " + w.tokens["anna"]
	big := `{"chat_id":"` + strings.Repeat("x", protocol.MaxFrame) + `"}`
	tests := []struct {
		name, path, auth, body string
		status                 int
		errType                string
	}{
		{"list", "/v3.6/agent/action/list_chats", bearer, `{}`, 200, ""},
		{"no body", "/v3.6/agent/action/list_chats", bearer, ``, 200, ""},
		{"no token", "/v3.6/agent/action/list_chats", "", `{}`, 401, protocol.ErrAuthentication},
		{"wrong token", "/v3.6/agent/action/list_chats", "Bearer x", `{}`, 401, protocol.ErrAuthentication},
		{"unknown action", "/v3.6/agent/action/dance", bearer, `{}`, 404, protocol.ErrNotFound},
		{"RTM only", "/v3.6/agent/action/logout", bearer, `{}`, 404, protocol.ErrNotFound},
		{"unknown version", "/v9.9/agent/action/list_chats", bearer, `{}`, 400, protocol.ErrUnsupportedVersion},
		{"broken", "/v3.6/agent/action/get_chat", bearer, `{`, 400, protocol.ErrValidation},
		{"wrong type", "/v3.6/agent/action/get_chat", bearer, `{"chat_id":7}`, 400, protocol.ErrValidation},
		{"unknown chat", "/v3.6/agent/action/get_chat", bearer, `{"chat_id":"X"}`, 404, protocol.ErrNotFound},
		{"too large", "/v3.6/agent/action/get_chat", bearer, big, 413, protocol.ErrEntityTooLarge},
		{"page id with limit", "/v3.6/agent/action/list_chats", bearer, `{"page_id":"x","limit":3}`, 400, protocol.ErrValidation},
		{"invented page id", "/v3.6/agent/action/list_chats", bearer, `{"page_id":"bm9uc2Vuc2U"}`, 400, protocol.ErrValidation},
		{"unknown filter", "/v3.6/agent/action/list_archives", bearer, `{"filters":{"colour":"red"}}`, 400, protocol.ErrValidation},
		{"agents", "/v3.6/configuration/action/list_agents", bearer, `{}`, 200, ""},
		{"a group", "/v3.6/configuration/action/get_group", bearer, `{"id":1}`, 200, ""},
		{"tags", "/v3.6/configuration/action/list_tags", bearer, `{}`, 200, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, body := w.web(tt.path, tt.auth, tt.body)
			if status != tt.status {
				t.Errorf("status %d, want %d: %s", status, tt.status, body[:min(len(body), 200)])
			}
			if tt.errType != "" && errorType(t, body) != tt.errType {
				t.Errorf("body %s, want type %s", body, tt.errType)
			}
		})
	}
	if _, body := w.web("/v3.6/agent/action/follow_chat", "Bearer "+w.tokens["sam"], `{"id":"`+v.chat+`"}`); string(body) != "{}" {
		t.Errorf("an answer without content is %s", body)
	}
}

func TestBasicCredentials(t *testing.T) {
	w := newWorld(t)
	e := w.srv.Engine()
	anna, _ := e.Agent("anna@example.com")
	pat, _, err := e.CreateToken(t.Context(), engine.TokenSpec{Kind: store.TokenPersonal, OwnerID: anna.ID})
	if err != nil {
		t.Fatal(err)
	}
	basic := func(account, token string) string {
		return "Basic " + base64.StdEncoding.EncodeToString([]byte(account+":"+token))
	}
	for _, tt := range []struct {
		auth   string
		status int
	}{{basic(anna.AccountID, pat), 200}, {basic("other", pat), 401}, {"Bearer " + pat, 401}, {basic(anna.AccountID, w.tokens["anna"]), 401}} {
		if status, body := w.web("/v3.6/agent/action/list_chats", tt.auth, `{}`); status != tt.status {
			t.Errorf("status %d, want %d: %s", status, tt.status, body)
		}
	}
	c := w.dial("/v3.6/agent/rtm/ws")
	c.ok("login", map[string]any{"token": basic(anna.AccountID, pat)})
}

func TestPasswordToken(t *testing.T) {
	w := newWorld(t)
	post := func(form url.Values) (int, string, map[string]any) {
		t.Helper()
		resp, err := http.PostForm(w.url+"/v2/token", form)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, _ := io.ReadAll(resp.Body)
		return resp.StatusCode, string(b), get[map[string]any](t, b)
	}
	right := url.Values{"grant_type": {"password"}, "email": {"Anna@Example.com"}, "password": {password}}
	status, body, doc := post(right)
	if status != 200 || doc["organization_id"] != "org-1" || doc["expires_in"].(float64) < 28000 {
		t.Fatalf("status %d: %s", status, body)
	}
	token := doc["access_token"].(string)
	if code, _ := w.web("/v3.6/agent/action/list_chats", "Bearer "+token, `{}`); code != 200 {
		t.Errorf("the new token gives %d", code)
	}
	if code, b := w.web("/v2/token", "", `{"grant_type":"password","email":"anna@example.com","password":"correct horse"}`); code != 200 {
		t.Errorf("JSON gives %d %s", code, b)
	}
	for _, form := range []url.Values{
		{"grant_type": {"password"}, "email": {"anna@example.com"}, "password": {"wrong"}},
		{"grant_type": {"password"}, "email": {"nobody@example.com"}, "password": {password}},
		{"grant_type": {"password"}},
		{"grant_type": {"code"}},
	} {
		if status, body, doc := post(form); status != 401 || doc["error"] == nil {
			t.Errorf("%v gives %d %s", form, status, body)
		}
	}
	for range 12 {
		status, _, _ = post(url.Values{"grant_type": {"password"}, "email": {"ben@example.com"}, "password": {"guess"}})
	}
	if status != http.StatusTooManyRequests {
		t.Errorf("after many guesses: %d", status)
	}
	r, _ := http.NewRequest("DELETE", w.url+"/v2/token", nil)
	r.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if code, _ := w.web("/v3.6/agent/action/list_chats", "Bearer "+token, `{}`); code != 401 {
		t.Errorf("the revoked token gives %d", code)
	}
}

// upload posts a file as anna.
func (w *world) upload(name string, data []byte) (int, []byte) {
	w.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	part, _ := m.CreateFormFile("file", name)
	part.Write(data)
	m.Close()
	r, _ := http.NewRequest("POST", w.url+"/v3.6/agent/action/upload_file", &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Authorization", "Bearer "+w.tokens["anna"])
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	out, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, out
}

func picture(w, h int) []byte {
	var b bytes.Buffer
	png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h)))
	return b.Bytes()
}

func TestFiles(t *testing.T) {
	now := time.Now()
	w := newWorld(t, func(o *Options) { o.Now = func() time.Time { return now } })
	anna := w.login("anna")
	v := w.visitor("Vera").start(1, "hello")
	status, body := w.upload("../../Урок 1\u202egpj.png", picture(640, 480))
	if status != 200 {
		t.Fatalf("upload: %d %s", status, body)
	}
	address := get[protocol.UploadFileResponse](t, body).URL
	anna.ok("send_event", map[string]any{"chat_id": v.chat, "event": map[string]any{"type": "file", "url": address, "name": "forged", "alternative_text": "lesson"}})
	ev := get[protocol.IncomingEvent](t, anna.push("incoming_event").Payload).Event
	if ev.Name != "Урок 1gpj.png" || ev.Width != 640 || ev.Height != 480 || ev.ContentType != "image/png" || ev.AltText != "lesson" {
		t.Errorf("file event = %+v", ev)
	}
	for _, u := range []string{ev.URL, ev.ThumbnailURL, ev.Thumbnail2x} {
		h := w.fetch(u, 200)
		if h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || !strings.HasPrefix(h.Get("Content-Disposition"), "inline") {
			t.Errorf("%s is served with %v", u, h)
		}
	}
	_, body = w.upload("page.html", []byte("<!doctype html><script>alert(1)</script>"))
	page := get[protocol.UploadFileResponse](t, body).URL
	if h := w.fetch(page, 200); h.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") {
		t.Errorf("HTML is served with %v", h)
	}
	now = now.Add(25 * time.Hour)
	w.fetch(page, 404)
	w.fetch(ev.URL, 200) // used: stays
	w.fetch(w.url+"/files/../chat.db", 404)
	w.fetch(w.url+"/files/"+strings.Repeat("A", 43)+"/x", 404)
}

func (w *world) fetch(address string, want int) http.Header {
	w.t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	io.Copy(io.Discard, resp.Body)
	if resp.StatusCode != want {
		w.t.Errorf("%s gives %d, want %d", address, resp.StatusCode, want)
	}
	return resp.Header
}

func TestUploadsRefused(t *testing.T) {
	w := newWorld(t)
	for name, tt := range map[string]struct {
		file string
		data []byte
		typ  string
	}{
		"too large":          {"a.bin", make([]byte, protocol.MaxFile+1), protocol.ErrEntityTooLarge},
		"empty":              {"a.txt", nil, protocol.ErrValidation},
		"by name":            {"setup.EXE", []byte("text"), protocol.ErrValidation},
		"by content":         {"cat.png", []byte("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x3e\x00"), protocol.ErrValidation},
		"windows, disguised": {"cat.png", append([]byte("MZ"), make([]byte, 200)...), protocol.ErrValidation},
	} {
		t.Run(name, func(t *testing.T) {
			status, body := w.upload(tt.file, tt.data)
			if status == 200 || errorType(t, body) != tt.typ {
				t.Errorf("%d %s, want %s", status, body, tt.typ)
			}
		})
	}
	if status, body := w.upload("ten.bin", bytes.Repeat([]byte("ab"), protocol.MaxFile/2)); status != 200 {
		t.Errorf("exactly 10 MB gives %d %s", status, body)
	}
	if status, body := w.web("/v3.6/agent/action/upload_file", "Bearer "+w.tokens["anna"], `{}`); status != 400 {
		t.Errorf("JSON instead of a form gives %d %s", status, body)
	}
}
