package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"agentdesk/desk"
)

// TestBulk: each chat is tried, one after the other, and what failed is told by
// chat with its reason.
func TestBulk(t *testing.T) {
	h := newHouse(t, "/desk")
	h.signIn()
	do := func(form string) (int, string) {
		t.Helper()
		r := h.post("/chats/bulk", form)
		return r.status, r.body
	}
	for name, c := range map[string]struct {
		form string
		want desk.Command
	}{
		"close":    {"do=close", desk.Deactivate{ChatID: chatOpen}},
		"tag":      {"do=tag&tag=refund", desk.Tag{ChatID: chatOpen, Tag: "refund"}},
		"transfer": {"do=transfer&to=agent:ben@example.com", desk.Transfer{ChatID: chatOpen, AgentID: "ben@example.com"}},
	} {
		h.desk.set(func() { h.desk.done = nil })
		status, page := do(c.form + "&chat=" + chatOther + "&chat=" + chatOpen + "&chat=" + chatOpen)
		if status != http.StatusOK || !strings.Contains(page, "Failed in 1 of 2 chats.") || !strings.Contains(page, "This chat does not exist, or you may not see it.") {
			t.Errorf("%s: %d\n%s", name, status, page)
		}
		if got := h.desk.commands(); len(got) != 1 || got[0] != c.want {
			t.Errorf("%s did %v", name, got)
		}
		if strings.Contains(page, "Carla <b>") || !strings.Contains(page, "Carla &lt;b&gt;Customer&lt;/b&gt;") {
			t.Errorf("%s: the customer's name is not shown as text", name)
		}
	}
	many := "do=close"
	for range maxBulk + 1 {
		many += "&chat=C"
	}
	for _, form := range []string{"do=close", "do=explode&chat=C", "do=tag&tag=&chat=C", "do=transfer&to=nobody&chat=C", "do=close&chat=%00", many} {
		h.desk.set(func() { h.desk.done = nil })
		if status, _ := do(form); status != http.StatusUnprocessableEntity || len(h.desk.commands()) != 0 {
			t.Errorf("%.60s: %d, done %v", form, status, h.desk.commands())
		}
	}
	_, page := do("do=close&chat=" + chatOpen + "&back=%3Ftag%3Dvip")
	if !strings.Contains(page, `href="/desk/chats?tag=vip"`) {
		t.Error("no way back to the lists as they were")
	}
}

func TestSavedViews(t *testing.T) {
	var db Views
	h := newHouse(t, "", func(o *Options) { db = o.Views }).signIn()
	save := func(form string) {
		t.Helper()
		h.post("/views", form).want(t, http.StatusSeeOther)
	}
	names := func() (out []string) {
		list, err := db.Views(t.Context(), "", agentAnna)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range list {
			out = append(out, v.Name)
		}
		return out
	}
	save("name=Late&query=" + url.QueryEscape("sort=waiting&unanswered=1&after=x&nonsense=1"))
	save("name=%3Cb%3EVip&query=tag%3Dvip&shared=1")
	list, _ := db.Views(t.Context(), "", agentAnna)
	if len(list) != 2 || list[0].Query != "sort=waiting&unanswered=1" || !list[1].Shared || list[0].Shared {
		t.Fatalf("kept %+v", list)
	}
	page := h.get("/chats?tag=vip").body
	if !strings.Contains(page, `href="/chats?sort=waiting&amp;unanswered=1"`) || !strings.Contains(page, "&lt;b&gt;Vip") {
		t.Errorf("the menu lacks a view:\n%s", page)
	}
	if status := h.post("/views/raise", "id="+list[1].ID).status; status != http.StatusSeeOther || !slices.Equal(names(), []string{"<b>Vip", "Late"}) {
		t.Errorf("raised: %d, %v", status, names())
	}
	save("id=" + list[0].ID + "&name=Later")
	if !slices.Equal(names(), []string{"<b>Vip", "Later"}) {
		t.Errorf("renamed: %v", names())
	}
	// A colleague's shared view is his; an administrator may change it.
	foreign := desk.SavedView{ID: "ben1", Owner: "ben@example.com", Name: "Ben's", Query: "unread=1", Shared: true, Position: 9}
	hidden := desk.SavedView{ID: "ben2", Owner: "ben@example.com", Name: "Private", Query: "unread=1"}
	for _, v := range []desk.SavedView{foreign, hidden} {
		if err := db.PutView(t.Context(), "", v); err != nil {
			t.Fatal(err)
		}
	}
	for _, form := range []string{"id=ben2", "id=nothing", ""} {
		if status := h.post("/views/remove", form).status; status != http.StatusUnprocessableEntity {
			t.Errorf("remove %q: %d", form, status)
		}
	}
	h.become(desk.RoleNormal)
	if status := h.post("/views/remove", "id=ben1").status; status != http.StatusForbidden {
		t.Errorf("a normal agent deletes a colleague's: %d", status)
	}
	if status := h.post("/views/remove", "id="+list[0].ID).status; status != http.StatusSeeOther || !slices.Equal(names(), []string{"<b>Vip", "Ben's"}) {
		t.Errorf("deleted: %d, %v", status, names())
	}
}

// TestLimitsOfWaiting: what an administrator sets is used by pages, and pages that
// are open are drawn anew.
func TestLimitsOfWaiting(t *testing.T) {
	h := newHouse(t, "", func(o *Options) { o.Now = func() time.Time { return moment.Add(50 * time.Second) } })
	h.signIn()
	wait := func() string {
		t.Helper()
		page := h.get("/chats").body
		_, rest, _ := strings.Cut(page, `class="wait`)
		class, _, _ := strings.Cut(rest, ` aria-hidden`)
		return class
	}
	if got := wait(); got != ` warn"` {
		t.Errorf("as usual: %q", got)
	}
	before := h.hub.Position(agentAnna)
	h.post("/settings/waiting", "group=0&warn=20&late=45").want(t, http.StatusSeeOther)
	if got := wait(); got != ` late" data-warn="20" data-late="45"` {
		t.Errorf("of its group: %q", got)
	}
	if after := h.hub.Position(agentAnna); after == before {
		t.Error("pages that are open go on with the old limits")
	}
	h.post("/settings/waiting", "group=-1&warn=100&late=200")
	h.post("/settings/waiting/remove", "group=0")
	if got := wait(); got != `" data-warn="100" data-late="200"` {
		t.Errorf("of all groups: %q", got)
	}
	h.become(desk.RoleNormal)
	if status := h.post("/settings/waiting", "group=0&warn=20&late=45").status; status != http.StatusForbidden {
		t.Errorf("a normal agent: %d", status)
	}
}

func TestFilterOfTheAddress(t *testing.T) {
	yes := true
	for query, want := range map[string]desk.Filter{
		"":                      {},
		"unanswered=1&unread=1": {Unanswered: true, Unread: true},
		"property=routing.status%3Dopen&sort=waiting&active=yes": {Property: desk.Property{Namespace: "routing", Name: "status", Value: "open"}, Sort: desk.Longest, Active: &yes},
		"property=a.b.c%3Dd%3De":                                 {Property: desk.Property{Namespace: "a", Name: "b.c", Value: "d=e"}},
		"property=a.b":                                           {Property: desk.Property{Namespace: "a", Name: "b"}},
	} {
		q, _ := url.ParseQuery(query)
		got, err := filterOf(q)
		if err != nil || got.Property != want.Property || got.Sort != want.Sort || got.Unanswered != want.Unanswered || got.Unread != want.Unread || (got.Active == nil) != (want.Active == nil) {
			t.Errorf("%s: %+v, %v", query, got, err)
		}
		if canonical(query) != canonical(canonical(query)) {
			t.Errorf("%s is not written as it is read", query)
		}
	}
	for _, query := range []string{"sort=backwards", "unanswered=2", "property=x", "property=.x", "property=a.%00", "list=nonsense"} {
		q, _ := url.ParseQuery(query)
		if _, err := filterOf(q); err == nil {
			t.Errorf("%s is taken", query)
		}
	}
}

// TestOneListAndCounts: all chats stand in one list, page by page, and a saved view
// says how many it shows. What the rail counts no filter changes.
func TestOneListAndCounts(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.crowd(60)
	for name, query := range map[string]string{"All": "list=all", "Others": "list=others", "Second": "group=2&list=all", "Nothing": "tag=none"} {
		h.post("/views", "name="+name+"&query="+url.QueryEscape(query)).want(t, http.StatusSeeOther)
	}
	draw := func(path string) *goquery.Document {
		t.Helper()
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(h.get(path).body))
		if err != nil {
			t.Fatal(err)
		}
		return doc
	}
	page := draw("/chats")
	for name, want := range map[string]string{"All": "60 chats", "Others": "45 chats", "Second": "20 chats", "Nothing": "0 chats"} {
		item := page.Find(".views .item").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.Find("bdi").Text() == name })
		if got := strings.Join(strings.Fields(item.Find("small").Text()), " "); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	waiting := page.Find("#nav-unread").AttrOr("data-waiting", "")
	seen := map[string]bool{}
	for path := "/chats?list=all&sort=newest"; path != ""; {
		page = draw(path)
		if got := page.Find("#count-all").AttrOr("data-total", ""); got != "60" || page.Find(".part").Length() != 1 {
			t.Errorf("%s: %s in %d sections", path, got, page.Find(".part").Length())
		}
		if got := page.Find("#nav-unread").AttrOr("data-waiting", ""); got != waiting || waiting != "3" {
			t.Errorf("%s: %q wait, and %q without a filter", path, got, waiting)
		}
		page.Find("#list-all > .row").Each(func(_ int, s *goquery.Selection) {
			if id := s.AttrOr("data-chat-id", ""); seen[id] || s.AttrOr("data-into", "") != "list-all" || s.Find(".grp").Length() == 0 {
				t.Errorf("%s: %s is wrong here, or here again", path, id)
			} else {
				seen[id] = true
			}
		})
		path = page.Find(".all").AttrOr("href", "")
	}
	if len(seen) != 60 {
		t.Errorf("%d of 60 chats on all pages", len(seen))
	}
}
