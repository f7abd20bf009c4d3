package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// sample is one route as it is used, well and badly.
type sample struct {
	path  string // a request that works
	form  string
	ok    int    // 0: 200 for GET, 303 for POST
	bad   string // a form, or for GET a query, that makes no sense; "" there is none
	not   int    // what answers it; 0: 422
	needs bool   // cannot be done while the chat server is away
}

const inChat = "/chats/" + chatOpen

// samples must have every route of the table: TestEveryRouteIsListed fails
// otherwise.
var samples = map[string]sample{
	"GET /":       {path: "/", ok: 303},
	"GET /login":  {path: "/login"},
	"POST /login": {path: "/login", form: "token=" + tokenAnna, bad: "token=wrong"},

	"POST /logout": {path: "/logout"},

	"GET /chats":                          {path: "/chats?list=mine&group=0&unread=1&active=yes", bad: "?list=nonsense", not: 400},
	"GET /chats/:chat":                    {path: inChat, bad: "?active=perhaps", not: 400},
	"GET /chats/:chat/threads/:thread":    {path: inChat + "/threads/" + threadOld, needs: true},
	"GET /chats/:chat/transfer":           {path: inChat + "/transfer", needs: true},
	"POST /chats/:chat/events":            {path: inChat + "/events", form: "text=hello&visibility=all&custom_id=C1", bad: "text=&custom_id=C2", needs: true},
	"POST /chats/:chat/events/retry":      {path: inChat + "/events/retry", form: "custom_id=C1", bad: "custom_id=", needs: true},
	"POST /chats/:chat/events/discard":    {path: inChat + "/events/discard", form: "custom_id=C1", bad: "custom_id=%20", needs: true},
	"POST /chats/:chat/typing":            {path: inChat + "/typing", form: "on=true&visibility=agents", bad: "on=perhaps", needs: true},
	"POST /chats/:chat/seen":              {path: inChat + "/seen", form: "up_to=1795246539000000", bad: "up_to=yesterday", needs: true},
	"POST /chats/:chat/deactivate":        {path: inChat + "/deactivate", needs: true},
	"POST /chats/:chat/resume":            {path: inChat + "/resume", needs: true},
	"POST /chats/:chat/take":              {path: inChat + "/take", needs: true},
	"POST /chats/:chat/transfer":          {path: inChat + "/transfer", form: "to=agent:ben@example.com", bad: "to=nobody", needs: true},
	"POST /chats/:chat/users":             {path: inChat + "/users", form: "user_id=ben@example.com&visibility=agents", bad: "user_id=", needs: true},
	"POST /chats/:chat/users/remove":      {path: inChat + "/users/remove", form: "user_id=ben@example.com", bad: "user_id=%00", needs: true},
	"POST /chats/:chat/follow":            {path: inChat + "/follow", needs: true},
	"POST /chats/:chat/unfollow":          {path: inChat + "/unfollow", needs: true},
	"POST /chats/:chat/tags":              {path: inChat + "/tags", form: "tag=refund", bad: "tag=", needs: true},
	"POST /chats/:chat/tags/remove":       {path: inChat + "/tags/remove", form: "tag=refund", bad: "tag=", needs: true},
	"POST /chats/:chat/properties":        {path: inChat + "/properties", form: "thread_id=THREADNEW1&namespace=desk&name=note&value=x", bad: "namespace=desk", needs: true},
	"POST /chats/:chat/properties/remove": {path: inChat + "/properties/remove", form: "thread_id=THREADNEW1&namespace=desk&name=note", bad: "namespace=desk", needs: true},
	"POST /chats/:chat/give-access":       {path: inChat + "/give-access", form: "group=0", bad: "group=", needs: true},
	"POST /chats/:chat/take-access":       {path: inChat + "/take-access", form: "group=2", bad: "group=-1", needs: true},
	"POST /chats/:chat/customer/fields":   {path: inChat + "/customer/fields", form: "customer_id=" + customer + "&field=size&value=M&field=&value=", bad: "customer_id=" + customer + "&field=size", needs: true},
	"POST /chats/:chat/postback":          {path: inChat + "/postback", form: "thread_id=THREADNEW1&event_id=E1&postback_id=yes&toggled=false", bad: "thread_id=THREADNEW1&event_id=E1&postback_id=yes&toggled=perhaps", needs: true},
	"POST /chats/:chat/customer":          {path: inChat + "/customer", form: "customer_id=" + customer + "&name=Carla", bad: "customer_id=" + customer, needs: true},
	"POST /chats/:chat/ban":               {path: inChat + "/ban", form: "customer_id=" + customer + "&days=3", bad: "customer_id=" + customer + "&days=0", needs: true},
	"POST /chats/:chat/summary":           {path: inChat + "/summary", needs: true},
	"POST /chats/:chat/thinking":          {path: inChat + "/thinking", form: "title=Looking+into+it", bad: "title=%ff", needs: true},
	"POST /chats/:chat/follow-customer":   {path: inChat + "/follow-customer", form: "customer_id=" + customer, needs: true},
	"POST /chats/:chat/unfollow-customer": {path: inChat + "/unfollow-customer", form: "customer_id=" + customer, needs: true},
	"POST /status":                        {path: "/status", form: "status=not_accepting_chats", bad: "status=asleep", needs: true},
	"POST /reconnect":                     {path: "/reconnect"},
	"GET /archives":                       {path: "/archives?query=password&from=2026-11-01&to=2026-11-21&agent=a&group=0&tag=t", bad: "?from=yesterday", needs: true},
	"GET /inspector":                      {path: "/inspector?kind=push&action=incoming_event", bad: "?kind=nonsense", not: 400},
	"GET /inspector/:frame":               {path: "/inspector/1", bad: "?format=pdf", not: 400},
	"POST /inspector/:frame/resend":       {path: "/inspector/1/resend", form: "payload={}", bad: "payload=nonsense", needs: true},
	"GET /archives/export":                {path: "/archives/export?chat=" + chatOpen + "&thread=" + threadOld, bad: "?format=pdf", not: 400, needs: true},
	"GET /archives/:chat/:thread":         {path: "/archives/" + chatOpen + "/" + threadOld, needs: true},

	"GET /customers":       {path: "/customers?name=Carla&group=0", bad: "?group=x", not: 400, needs: true},
	"POST /customers/chat": {path: "/customers/chat", form: "customer_id=" + customer, bad: "customer_id=", needs: true},

	"POST /team/tell":   {path: "/team/tell", form: "text=The+printer+is+back&group=0", bad: "text=%20&group=0", needs: true},
	"GET /team":         {path: "/team"},
	"POST /team/status": {path: "/team/status", form: "agent_id=ben@example.com&status=not_accepting_chats", bad: "agent_id=ben@example.com&status=asleep", needs: true},

	"GET /settings":                 {path: "/settings", needs: true},
	"POST /settings/agents":         {path: "/settings/agents", form: "agent_id=ben@example.com&role=normal&limit=6", bad: "agent_id=ben@example.com&role=king&limit=6", needs: true},
	"POST /settings/agents/suspend": {path: "/settings/agents/suspend", form: "agent_id=ben@example.com&do=suspend", bad: "agent_id=ben@example.com&do=away", needs: true},
	"POST /settings/groups":         {path: "/settings/groups", form: "name=Billing", bad: "name=%20", needs: true},
	"POST /settings/groups/rename":  {path: "/settings/groups/rename", form: "id=1&name=Billing", bad: "id=one&name=Billing", needs: true},
	"POST /settings/groups/remove":  {path: "/settings/groups/remove", form: "id=1", bad: "id=0", needs: true},
	"POST /settings/tags":           {path: "/settings/tags", form: "name=vip&group=1", bad: "name=vip&group=-1", needs: true},
	"POST /settings/tags/remove":    {path: "/settings/tags/remove", form: "name=vip", bad: "name=", needs: true},
	"POST /settings/access":         {path: "/settings/access", form: "url=%2Fpricing&group=1", bad: "url=&group=1", needs: true},
	"POST /settings/access/remove":  {path: "/settings/access/remove", form: "id=abc", bad: "id=", needs: true},
	"POST /settings/bans/remove":    {path: "/settings/bans/remove", form: "customer_id=" + customer, bad: "customer_id=", needs: true},

	"POST /settings/bots":          {path: "/settings/bots", form: "name=Helper", bad: "name=", needs: true},
	"POST /settings/bots/remove":   {path: "/settings/bots/remove", form: "id=b1", bad: "id=", needs: true},
	"POST /settings/bots/token":    {path: "/settings/bots/token", form: "id=b1", ok: 200, bad: "id=%00", needs: true},
	"POST /settings/canned":        {path: "/settings/canned", form: "text=Thank+you&tag=%23thanks&group=0", bad: "text=%20&tag=thanks&group=0", needs: true},
	"POST /settings/canned/remove": {path: "/settings/canned/remove", form: "id=7", bad: "id=seven", needs: true},

	"GET /events":   {}, // TestStream
	"HEAD /events":  {}, // TestStream
	"GET /static/*": {}, // TestAssets
	"GET /healthz":  {path: "/healthz"},
	"GET /readyz":   {path: "/readyz"},
	"GET /metrics":  {}, // TestMetricsAreForOperators
}

func (s sample) want(method string) int {
	switch {
	case s.ok != 0:
		return s.ok
	case method == post:
		return http.StatusSeeOther
	}
	return http.StatusOK
}

func (s sample) wrong() int {
	if s.not != 0 {
		return s.not
	}
	return http.StatusUnprocessableEntity
}

// eachRoute runs a test for every route that samples can ask.
func eachRoute(t *testing.T, test func(t *testing.T, r route, s sample)) {
	for _, r := range (&Server{}).routes() {
		if s := samples[r.method+" "+r.path]; s.path != "" {
			t.Run(r.method+" "+r.path, func(t *testing.T) { test(t, r, s) })
		}
	}
}

func TestEveryRouteIsListed(t *testing.T) {
	known := map[string]bool{}
	for _, r := range (&Server{}).routes() {
		name := r.method + " " + r.path
		known[name] = true
		if _, ok := samples[name]; !ok {
			t.Errorf("%s has no sample: say how it is used well and badly", name)
		}
	}
	for name := range samples {
		if !known[name] {
			t.Errorf("%s is no route any more", name)
		}
	}
}

func TestRoutesWork(t *testing.T) {
	h := newHouse(t, "").signIn()
	eachRoute(t, func(t *testing.T, r route, s sample) {
		if r.path == "/logout" {
			return // it ends the session: TestSignOut
		}
		reply := h.ask(r.method, s.path, strings.NewReader(s.form))
		reply.want(t, s.want(r.method))
		if r.method == post && r.access == page {
			h.script(s.path, s.form).want(t, http.StatusNoContent)
		}
		if r.method == get && r.path != "/archives/export" {
			h.ask(http.MethodHead, s.path, nil).want(t, s.want(r.method))
		}
	})
}

func TestRoutesRefuseNonsense(t *testing.T) {
	h := newHouse(t, "").signIn()
	eachRoute(t, func(t *testing.T, r route, s sample) {
		if s.bad == "" {
			return
		}
		before := len(h.desk.commands())
		if r.method == get {
			path, _, _ := strings.Cut(s.path, "?")
			h.get(path+s.bad).want(t, s.wrong())
			return
		}
		reply := h.script(s.path, s.bad)
		reply.want(t, s.wrong())
		if strings.Contains(reply.body, "<") || len(reply.body) < 10 {
			t.Errorf("our script gets no sentence: %q", reply.body)
		}
		h.post(s.path, s.bad).want(t, s.wrong(), "<!doctype html>")
		if after := len(h.desk.commands()); after != before {
			t.Errorf("it was carried out: %v", h.desk.commands()[before:])
		}
	})
}

func TestStrangersSeeNothing(t *testing.T) {
	h := newHouse(t, "")
	eachRoute(t, func(t *testing.T, r route, s sample) {
		if r.access == open {
			return
		}
		reply := h.ask(r.method, s.path, strings.NewReader(s.form))
		reply.want(t, http.StatusSeeOther)
		if !strings.HasPrefix(reply.to(), "/login") {
			t.Errorf("sent to %q", reply.to())
		}
		h.ask(r.method, s.path, strings.NewReader(s.form), "X-Desk", "1").want(t, http.StatusUnauthorized)
		h.ask(r.method, s.path, strings.NewReader(s.form), "Accept", "application/json").want(t, http.StatusUnauthorized, `"error":"unauthorized"`)
		if n := len(h.desk.commands()); n > 0 {
			t.Errorf("a stranger's command was carried out: %v", h.desk.commands())
		}
	})
	h.get("/chats/A%2FB?list=mine").want(t, http.StatusSeeOther)
	if to := h.get("/chats/" + chatOpen + "?list=mine").to(); to != "/login?next="+url.QueryEscape("/chats/"+chatOpen+"?list=mine") {
		t.Errorf("sent to %q", to)
	}
}

func TestOthersChatsAreNotFound(t *testing.T) {
	h := newHouse(t, "").signIn()
	eachRoute(t, func(t *testing.T, r route, s sample) {
		if !strings.Contains(r.path, ":chat") {
			return
		}
		path := strings.Replace(s.path, chatOpen, chatOther, 1)
		h.ask(r.method, path, strings.NewReader(s.form)).want(t, http.StatusNotFound)
		h.ask(r.method, path, strings.NewReader(s.form), "X-Desk", "1").want(t, http.StatusNotFound)
		if n := len(h.desk.commands()); n > 0 {
			t.Errorf("carried out: %v", h.desk.commands())
		}
	})
}

func TestChatServerAway(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.desk.set(func() { h.desk.down = true })
	eachRoute(t, func(t *testing.T, r route, s sample) {
		if !s.needs {
			return
		}
		h.ask(r.method, s.path, strings.NewReader(s.form), "X-Desk", "1").want(t, http.StatusServiceUnavailable, "Not connected")
		h.ask(r.method, s.path, strings.NewReader(s.form)).want(t, http.StatusServiceUnavailable, "Not connected", "<!doctype html>")
	})
}

func TestOtherSitesChangeNothing(t *testing.T) {
	h := newHouse(t, "").signIn()
	eachRoute(t, func(t *testing.T, r route, s sample) {
		if r.method != post {
			return
		}
		for name, headers := range map[string][]string{
			"no word of where it comes from": {"Origin", "", "Sec-Fetch-Site", ""},
			"cross-site":                     {"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"},
			"same-site neighbour":            {"Origin", "http://localhost:1", "Sec-Fetch-Site", "same-site"},
			"old browser, other origin":      {"Origin", "https://evil.example", "Sec-Fetch-Site", ""},
			"opaque origin":                  {"Origin", "null", "Sec-Fetch-Site", ""},
		} {
			if reply := h.post(s.path, s.form, headers...); reply.status != http.StatusForbidden {
				t.Errorf("%s: answered %d", name, reply.status)
			}
		}
		if n := len(h.desk.commands()); n > 0 {
			t.Errorf("carried out: %v", h.desk.commands())
		}
	})
	h.get("/chats").want(t, http.StatusOK) // and the session lives
}

func TestReadingChangesNothing(t *testing.T) {
	h := newHouse(t, "").signIn()
	eachRoute(t, func(t *testing.T, r route, s sample) {
		if r.method != get {
			return
		}
		h.get(s.path)
		h.ask(http.MethodHead, s.path, nil)
		h.ask(http.MethodOptions, s.path, nil)
	})
	if n := h.desk.commands(); len(n) > 0 || h.desk.nudges > 0 || h.desks.signOuts > 0 {
		t.Errorf("reading carried out %v, %d reconnects, %d sign-outs", n, h.desk.nudges, h.desks.signOuts)
	}
}

func TestHeaders(t *testing.T) {
	h := newHouse(t, "").signIn()
	check := func(t *testing.T, header http.Header) {
		t.Helper()
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
			"Referrer-Policy": "", "Permissions-Policy": "camera=()", "Cache-Control": "no-store", "X-Request-Id": "",
		} {
			if got := header.Get(name); got == "" || !strings.Contains(got, want) {
				t.Errorf("%s is %q", name, got)
			}
		}
		if csp := header.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") {
			t.Errorf("policy has holes: %s", csp)
		}
	}
	eachRoute(t, func(t *testing.T, r route, s sample) {
		if r.path != "/logout" {
			check(t, h.ask(r.method, s.path, strings.NewReader(s.form)).header)
		}
	})
	t.Run("errors", func(t *testing.T) {
		check(t, h.get("/nowhere").header)
		check(t, h.get("/chats?list=nonsense").header)
		check(t, h.post("/status", "status=asleep").header)
	})
}
