package upstream

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"agentdesk/desk"
)

// onWeb answers a method over HTTP, and gives what it was asked last.
func (g *rig) onWeb(name, answer string) (asked func() string) {
	var last string
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	g.server.web[name] = func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		g.server.mu.Lock()
		last = string(body)
		g.server.mu.Unlock()
		_, _ = io.WriteString(w, answer)
	}
	return func() string {
		g.server.mu.Lock()
		defer g.server.mu.Unlock()
		return last
	}
}

// TestRulesOfAccessAtEachVersion: 3.0 has rules over the agent's connection, the
// others by the Configuration API.
func TestRulesOfAccessAtEachVersion(t *testing.T) {
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		s := withA(t, g)
		g.hook(actGetAutoAccess, func(c *conn, r request0) {
			c.reply(r, `{"auto_access_rules_config":[{"id":"r1","description":"Shop","access":{"groups":[1]},"rules":{
				"chat_properties":{"source":{"type":{"values":["facebook"]}}},"customer_url":{"values":[{"value":"/shop","exact_match":false}]}}}]}`)
		})
		g.hook(actAddAutoAccess, func(c *conn, r request0) { c.reply(r, `{"auto_chat_scopes_id":"r2"}`) })
		g.onWeb("list_auto_accesses", `[{"id":"r1","description":"Shop","access":{"groups":[1]},"conditions":{
			"domain":{"values":[]},"url":{"values":[{"value":"/shop","exact_match":false}]}}}]`)
		added, removed := g.onWeb("add_auto_access", `{"id":"r2"}`), g.onWeb("delete_auto_access", `{}`)
		setup, err := s.Setup(context.Background())
		if err != nil || len(setup.Access) != 1 || setup.Access[0].URLs[0] != "/shop" || !setup.Access[0].More || setup.Access[0].Groups[0] != 1 {
			t.Fatalf("the rules are %+v, %v", setup.Access, err)
		}
		for _, c := range []desk.Command{desk.AddAccessRule{URL: "/help", Group: 2}, desk.DeleteAccessRule{ID: "r1"}} {
			if _, err := s.Do(context.Background(), c); err != nil {
				t.Errorf("%T: %v", c, err)
			}
		}
		gotAdd, gotRemove := added(), removed()
		wantAdd, wantRemove := `{"description":"/help","access":{"groups":[2]},"conditions":{"url":{"values":[{"value":"/help","exact_match":false}]}}}`, `{"id":"r1"}`
		if v == 30 {
			gotAdd, gotRemove = g.lastOf(actAddAutoAccess), g.lastOf(actRemoveAutoAccess)
			wantAdd, wantRemove = strings.Replace(strings.Replace(wantAdd, "conditions", "rules", 1), `"url"`, `"customer_url"`, 1), `{"auto_chat_scopes_id":"r1"}`
		}
		if !sameJSON(gotAdd, wantAdd) || !sameJSON(gotRemove, wantRemove) {
			t.Errorf("sent %s and %s", gotAdd, gotRemove)
		}
	})
}

// TestRulesOfTheSecondDocumentOf30: where the methods of the first are not known
// the Configuration API has the rules.
func TestRulesOfTheSecondDocumentOf30(t *testing.T) {
	g := newRig(t, newServerAt(t, 30), func(o *Options) { o.Version = "3.0" })
	s := withA(t, g)
	g.hook(actGetAutoAccess, func(c *conn, r request0) { c.fail(r, "validation") })
	removed := g.onWeb("delete_auto_access", `{}`)
	if _, err := s.Do(context.Background(), desk.DeleteAccessRule{ID: "r1"}); err != nil || !sameJSON(removed(), `{"id":"r1"}`) {
		t.Errorf("%v, asked %s", err, removed())
	}
	g.hook(actGetAutoAccess, func(c *conn, r request0) { c.fail(r, "authorization") })
	if _, err := s.Do(context.Background(), desk.AddAccessRule{URL: "/x"}); codeOf(err) != desk.Forbidden {
		t.Errorf("without the right: %v", err)
	}
}

// TestSetupWithoutConfigurationAPI shows who is known by other ways.
func TestSetupWithoutConfigurationAPI(t *testing.T) {
	g := newRig(t, newServerAt(t, 30), func(o *Options) { o.Version = "3.0" })
	s := withA(t, g)
	g.server.mu.Lock()
	for _, name := range []string{"list_agents", "list_groups", "list_tags"} {
		g.server.web[name] = http.NotFound
	}
	g.server.mu.Unlock()
	g.hook(actGetAutoAccess, func(c *conn, r request0) {
		c.reply(r, `{"auto_access_rules_config":[{"id":"r1","access":{"groups":[1]},"rules":{}}]}`)
	})
	setup, err := s.Setup(context.Background())
	if err != nil || len(setup.Agents) == 0 || len(setup.Access) != 1 {
		t.Errorf("%+v, %v", setup, err)
	}
}

// TestLicenceAtEachVersion: login tells of it, and 3.5 can be asked again.
func TestLicenceAtEachVersion(t *testing.T) {
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		g.hook("login", func(c *conn, r request0) {
			g.do(func(w *world) {
				c.live = true
				c.reply(r, strings.Replace(w.login(me0), `"plan":"team"`, `"plan":"enterprise","creation_timestamp":1482433500,
					"expiration_timestamp":1483433500,"in_trial":true,"website_last_activity":"2018-01-05"`, 1))
			})
		})
		g.onWeb(actGetLicenseInfo, `{"license_id":"77","created_at":"2016-12-22T19:05:00.000000Z","expires_at":"2031-01-03T08:51:40.000000Z","in_trial":false}`)
		setup, err := withA(t, g).Setup(context.Background())
		l := setup.License
		if err != nil || l.Plan != "enterprise" || l.LastSeen != "2018-01-05" || l.CreatedAt.Unix() != 1482433500 || (l.Organization == "org") != (v >= 34) {
			t.Fatalf("the licence is %+v, %v", l, err)
		}
		if now := l.Number == "77" && l.ExpiresAt.Year() == 2031 && !l.Trial; now != (v == 35) {
			t.Errorf("the licence is %+v", l)
		}
		if login := l.Number == "1" && l.ExpiresAt.Unix() == 1483433500 && l.Trial; login != (v != 35) {
			t.Errorf("the licence is %+v", l)
		}
	})
}

// TestPicturesAtEachVersion: 3.0 keeps a picture by a method of its own, later
// versions keep it as a file. The Configuration API gives it to the agent.
func TestPicturesAtEachVersion(t *testing.T) {
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		s := withA(t, g)
		image, file := g.onWeb(actUploadImage, `{"url":"https://cdn/a/p.png","path":"a/p.png"}`), g.onWeb("upload_file", `{"url":"https://cdn/a/p.png"}`)
		update := g.onWeb("update_agent", `{}`)
		g.onWeb("list_agents", `[{"id":"anna@example.com","name":"Anna","avatar":"https://cdn/a/p.png"}]`)
		url, err := s.UploadImage(context.Background(), "p.png", strings.NewReader("the picture"))
		if err != nil || url != "https://cdn/a/p.png" {
			t.Fatalf("%q, %v", url, err)
		}
		field, sent := `name="file"`, file()
		if v == 30 {
			field, sent = `name="payload.image"`, image()
		}
		if !strings.Contains(sent, field) || !strings.Contains(sent, "the picture") {
			t.Errorf("sent %s", sent)
		}
		if _, err := s.Do(context.Background(), desk.SetPicture{AgentID: me0, URL: url}); err != nil || !sameJSON(update(), `{"id":"anna@example.com","avatar":"https://cdn/a/p.png"}`) {
			t.Errorf("%v, asked %s", err, update())
		}
		g.sink.until(t, "the picture", func() bool { return s.Me().Avatar == url })
		if in, _ := s.Inbox(context.Background(), desk.Filter{}); in.Agents[0].Avatar != url {
			t.Errorf("the agents are %+v", in.Agents)
		}
	})
}
