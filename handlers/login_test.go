package handlers

import (
	"bufio"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"agentdesk/desk"
)

func TestSignIn(t *testing.T) {
	cases := []struct {
		name, form string
		status     int
		to         string
		words      string
	}{
		{"password", "email=anna@example.com&password=demo", 303, "/chats", ""},
		{"token", "token=" + tokenAnna, 303, "/chats", ""},
		{"token wins", "token=" + tokenAnna + "&email=x@example.com&password=y", 303, "/chats", ""},
		{"next", "token=" + tokenAnna + "&next=/archives%3Fquery%3Dx", 303, "/archives?query=x", ""},
		{"next elsewhere", "token=" + tokenAnna + "&next=https://evil.example/", 303, "/chats", ""},
		{"next beside", "token=" + tokenAnna + "&next=//evil.example", 303, "/chats", ""},
		{"wrong password", "email=anna@example.com&password=dem0", 422, "", "The e-mail address or the password is wrong."},
		{"wrong token", "token=nonsense", 422, "", "does not accept this access token"},
		{"nothing", "email=&password=", 422, "", "Enter your e-mail address"},
		{"no password", "email=anna@example.com", 422, "", "Enter your e-mail address"},
		{"broken text", "email=%ff%fe&password=x", 422, "", "cannot be sent"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t, "")
			r := h.post("/login", c.form)
			r.want(t, c.status, c.words)
			if r.to() != c.to {
				t.Errorf("sent to %q, want %q", r.to(), c.to)
			}
			if c.status == 422 {
				r.want(t, 422, `data-action="login"`)
				if strings.Contains(r.body, "dem0") || strings.Contains(r.body, "nonsense") {
					t.Error("the form shows a secret again")
				}
				h.get("/chats").want(t, 303)
				return
			}
			h.get("/chats").want(t, 200, `data-connection="online"`, "data-position=")
		})
	}
}

func TestSignInWhileAway(t *testing.T) {
	h := newHouse(t, "")
	h.desks.down = true
	r := h.post("/login", "email=anna@example.com&password=demo")
	r.want(t, 503, "cannot be reached", `value="anna@example.com"`)
	if strings.Contains(r.body, "aria-invalid") {
		t.Error("what was entered is said to be wrong")
	}
}

func TestSignInIsLimited(t *testing.T) {
	h := newHouse(t, "")
	last := reply{}
	for range 12 {
		last = h.post("/login", "email=anna@example.com&password=guess")
	}
	last.want(t, 429, "Too many sign-ins", `data-action="login"`)
	if last.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	h.post("/login", "email=anna@example.com&password=demo").want(t, 429) // the right one gives no hint
	h.post("/login", "email=ben@example.com&password=demo").want(t, 422)  // others still may
}

func TestSignOut(t *testing.T) {
	h := newHouse(t, "").signIn()
	res, _ := h.stream()
	lines := bufio.NewReader(res.Body)
	readUntil(t, lines, "event: hello")
	h.post("/logout", "").want(t, http.StatusSeeOther)
	start := time.Now()
	readUntil(t, lines, "data: signed-out")
	if _, err := io.Copy(io.Discard, lines); err != nil {
		t.Errorf("the stream broke instead of ending: %v", err)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("the stream ended after %v", took)
	}
	if h.desks.signOuts != 1 {
		t.Errorf("%d agents were signed out at the chat server, want the one whose last session it was", h.desks.signOuts)
	}
	h.get("/chats").want(t, 303)
	h.ask(http.MethodHead, "/events", nil).want(t, 401)
	h.post("/logout", "").want(t, 303) // twice does no harm
}

func TestOneOfTwoBrowsersLeaves(t *testing.T) {
	h := newHouse(t, "").signIn()
	other := *h.http
	first := h.http.Jar
	jar := &onlyJar{}
	other.Jar, h.http = jar, &other
	h.signIn()
	h.post("/logout", "").want(t, 303)
	if h.desks.signOuts != 0 {
		t.Error("the agent was signed out while another browser is signed in")
	}
	h.http.Jar = first
	h.get("/chats").want(t, 200)
}

// onlyJar is a second browser's cookies.
type onlyJar struct{ cookies []*http.Cookie }

func (j *onlyJar) SetCookies(_ *url.URL, cookies []*http.Cookie) { j.cookies = cookies }
func (j *onlyJar) Cookies(*url.URL) []*http.Cookie {
	var out []*http.Cookie
	for _, c := range j.cookies {
		if c.MaxAge >= 0 {
			out = append(out, c)
		}
	}
	return out
}

func readUntil(t *testing.T, r *bufio.Reader, want string) {
	t.Helper()
	for {
		line, err := r.ReadString('\n')
		if strings.TrimSuffix(line, "\n") == want || strings.HasPrefix(line, want) {
			return
		}
		if err != nil {
			t.Fatalf("stream ended before %q: %v", want, err)
		}
	}
}

// TestFirstSignInKeepsTheLanguage: the browser's language becomes the agent's,
// once.
func TestFirstSignInKeepsTheLanguage(t *testing.T) {
	for now, want := range map[string]string{"": "pl", "de": ""} {
		h := newHouse(t, "")
		d := h.desks.anna
		d.board.SetPreferences(desk.Preferences{Language: now})
		h.post("/login", "token="+tokenAnna, "Accept-Language", "pl-PL,pl;q=0.9").want(t, 303)
		var kept string
		for _, c := range d.done {
			if c, ok := c.(desk.SetPreferences); ok {
				kept = c.Preferences.Language
			}
		}
		if kept != want {
			t.Errorf("with %q before, kept %q, want %q", now, kept, want)
		}
	}
}
