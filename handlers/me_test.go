package handlers

import (
	"bufio"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"agentdesk/desk"
)

func (h *house) preferences() (p desk.Preferences) {
	h.desk.set(func() { p = h.desk.board.Me().Preferences })
	return p
}

// TestEachPartOfMyPreferences: every form of the page saves its part, and leaves
// the others as they were.
func TestEachPartOfMyPreferences(t *testing.T) {
	h := newHouse(t, "/desk").signIn()
	for _, c := range []struct{ part, form string }{
		{"look", "language=de&clock=12&theme=dark&density=compact"},
		{"work", "send=ctrl&focus=heading&away_after=15"},
		{"keys", "key-close=y&key-reply=q&key-next="},
		{"alerts", "queue=4&mine=off&message=1&transfer=2&volume=35&focused=1&quiet_from=22:00&quiet_to=06:30"},
		{"panes", "list=360&details="},
	} {
		r := h.post("/me", "part="+c.part+"&"+c.form)
		if r.want(t, http.StatusSeeOther); r.to() != "/desk/me?saved="+c.part+"#"+c.part {
			t.Errorf("%s leads to %s", c.part, r.to())
		}
	}
	want := desk.Preferences{Language: "de", Clock: "12", Theme: "dark", Density: "compact", Send: "ctrl", Focus: "heading", SilentTyping: true, AwayAfter: 15,
		Keys:   desk.Keys{Off: true, Map: "reply=q close=y"},
		Alerts: desk.Alerts{Queue: "4", Mine: "off", Message: "1", Transfer: "2", Quieter: 65, Once: true, NoDesktop: true, QuietFrom: "22:00", QuietTo: "06:30"},
		Panes:  desk.Panes{List: 360}}
	if diff := cmp.Diff(want, h.preferences()); diff != "" {
		t.Error(diff)
	}
	h.script("/me", "part=panes&list=&details=320").want(t, http.StatusNoContent)
	want.Panes = desk.Panes{Details: 320}
	if got := h.preferences(); got != want {
		t.Errorf("by script: %+v", got.Panes)
	}
	h.get("/me?saved=panes").want(t, http.StatusOK, `<html lang="de"`, `data-theme="dark"`, `data-density="compact"`, `data-details="320"`)
}

// TestWhatMyPreferencesCannotBe: the form comes back with what was sent, and the
// reason at its field; nothing is changed.
func TestWhatMyPreferencesCannotBe(t *testing.T) {
	h := newHouse(t, "").signIn()
	before := h.preferences()
	for _, c := range []struct{ form, field string }{
		{"part=look&language=xx&clock=&theme=&density=", "language"},
		{"part=look&language=&clock=&theme=&density=", "language"},
		{"part=look&language=de&clock=13&theme=&density=", "clock"},
		{"part=look&language=de&clock=&theme=pink&density=", "theme"},
		{"part=work&send=shift&focus=&away_after=0", "send"},
		{"part=work&send=&focus=&away_after=soon", "away_after"},
		{"part=work&send=&focus=&away_after=999", "away_after"},
		{"part=alerts&queue=9&volume=50", "queue"},
		{"part=alerts&volume=110", "volume"},
		{"part=alerts&volume=50&quiet_from=25:00&quiet_to=07:00", "quiet_from"},
		{"part=alerts&volume=50&quiet_from=22:00&quiet_to=", "quiet_to"},
		{"part=keys&key-close=r", "key-close"},
		{"part=keys&key-close=yyz", "key-close"},
		{"part=keys&key-dance=x", "map"},
		{"part=panes&list=300&details=", "list"},
		{"part=panes&list=" + strings.Repeat("3", 600) + "&details=", "list"},
	} {
		r := h.post("/me", c.form)
		r.want(t, http.StatusUnprocessableEntity)
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(r.body))
		if err != nil {
			t.Fatal(err)
		}
		if reason := doc.Find("#wrong-" + c.field).Text(); len(reason) < 10 {
			t.Errorf("%.60s: no reason at %s", c.form, c.field)
		}
		if field := doc.Find("[aria-describedby=wrong-" + c.field + "]"); c.field != "map" && c.field != "theme" && field.AttrOr("aria-invalid", "") != "true" {
			t.Errorf("%.60s: the field %s is not marked", c.form, c.field)
		}
		if r := h.script("/me", c.form); r.status != http.StatusUnprocessableEntity || r.header.Get("X-Field") != c.field {
			t.Errorf("%.60s: our script is told %d of %q", c.form, r.status, r.header.Get("X-Field"))
		}
	}
	h.post("/me", "part=work&send=&focus=&away_after=soon").want(t, http.StatusUnprocessableEntity, `value="soon"`)
	h.post("/me", "part=dance").want(t, http.StatusUnprocessableEntity)
	h.post("/me", "part=keys&key-close="+strings.Repeat("x", maxSmallForm)).want(t, http.StatusRequestEntityTooLarge)
	if got := h.preferences(); got != before {
		t.Errorf("changed to %+v", got)
	}
	h.desk.set(func() { h.desk.fail = desk.Fail(desk.Internal, "This could not be kept. Please try again.") })
	h.post("/me", "part=work&send=&focus=&away_after=0").want(t, http.StatusInternalServerError, "This could not be kept.")
}

// TestOtherSessionsAreSignedOut: another browser's session and stream end, this
// one's go on.
func TestOtherSessionsAreSignedOut(t *testing.T) {
	h := newHouse(t, "")
	here := h.http
	there := func(name string) *bufio.Reader {
		jar, _ := cookiejar.New(nil)
		h.http = &http.Client{Jar: jar, Transport: here.Transport, CheckRedirect: here.CheckRedirect}
		h.post("/login", "email="+url.QueryEscape(agentAnna)+"&password=demo", "User-Agent", name).want(t, http.StatusSeeOther)
		res, _ := h.stream()
		h.http = here
		lines := bufio.NewReader(res.Body)
		readUntil(t, lines, "event: hello")
		return lines
	}
	phone, tablet := there("<b>telephone</b>"), there("tablet")
	h.signIn()
	mine, _ := h.stream()
	lines := bufio.NewReader(mine.Body)
	readUntil(t, lines, "event: hello")

	r := h.get("/me")
	r.want(t, http.StatusOK, "&lt;b&gt;telephone&lt;/b&gt;", "tablet")
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(r.body))
	if err != nil {
		t.Fatal(err)
	}
	keys := doc.Find("[data-action=end-session] [name=session]")
	if keys.Length() != 2 || doc.Find("#sessions ~ ul li").Length() != 3 {
		t.Fatalf("%d sessions can be ended, of %d", keys.Length(), doc.Find("#sessions ~ ul li").Length())
	}
	h.post("/me/sessions/end", "session="+keys.First().AttrOr("value", "")).want(t, http.StatusSeeOther)
	readUntil(t, phone, "event: bye")
	h.post("/me/sessions/end", "session="+keys.First().AttrOr("value", "")).want(t, http.StatusSeeOther) // again does no harm

	list, err := h.auth.Sessions(t.Context(), agentAnna)
	if err != nil || len(list) != 2 {
		t.Fatalf("%d sessions are left: %v", len(list), err)
	}
	own := list[1].Key
	h.post("/me/sessions/end", "session="+own).want(t, http.StatusUnprocessableEntity, "Sign out")
	h.script("/me/sessions/end", "session=").want(t, http.StatusUnprocessableEntity)
	h.post("/me/sessions/end-others", "").want(t, http.StatusSeeOther)
	readUntil(t, tablet, "event: bye")
	if list, _ = h.auth.Sessions(t.Context(), agentAnna); len(list) != 1 || list[0].Key != own {
		t.Errorf("%d sessions are left", len(list))
	}
	h.hub.Reset(agentAnna)
	readUntil(t, lines, "event: hello")
	h.get("/me").want(t, http.StatusOK)
	if h.desks.signOuts != 0 {
		t.Error("the desk was closed")
	}
}
