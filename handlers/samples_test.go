package handlers

import (
	"net/http"
	"strings"
)

// sample is one route as it is used, well and badly.
type sample struct {
	path  string // a request that works
	form  string
	ok    int    // 0: 200 for GET, 303 for POST
	bad   string // a form, or for GET a query, that makes no sense; "" there is none
	not   int    // what answers it; 0: 422
	part  bool   // a script gets a part of the page instead of nothing
	needs bool   // cannot be done while the chat server is away
}

const (
	inChat  = "/chats/" + chatOpen
	inEvent = inChat + "/threads/THREADNEW1/events/E1"
)

// samples must have every route of the table: TestEveryRouteIsListed fails
// otherwise.
var samples = map[string]sample{
	"GET /":       {path: "/", ok: 303},
	"GET /login":  {path: "/login"},
	"POST /login": {path: "/login", form: "token=" + tokenAnna, bad: "token=wrong"},

	"POST /logout": {path: "/logout"},

	"GET /chats":                          {path: "/chats?list=mine&group=0&unread=1&active=yes", bad: "?list=nonsense", not: 400},
	"POST /chats/bulk":                    {path: "/chats/bulk", form: "do=tag&tag=refund&chat=" + chatOpen, ok: 200, part: true, bad: "do=tag&tag=refund"},
	"GET /views":                          {path: "/views"},
	"POST /views":                         {path: "/views", form: "name=Late&query=unanswered%3D1&shared=1", bad: "name=Late&query="},
	"POST /views/remove":                  {}, // TestSavedViews
	"POST /views/raise":                   {}, // TestSavedViews
	"GET /chats/:chat":                    {path: inChat, bad: "?active=perhaps", not: 400},
	"GET /chats/:chat/threads/:thread":    {path: inChat + "/threads/" + threadOld, needs: true},
	"GET /chats/:chat/transfer":           {path: inChat + "/transfer", needs: true},
	"POST /chats/:chat/events":            {path: inChat + "/events", form: "text=hello&visibility=all&custom_id=C1", bad: "text=&custom_id=C2", needs: true},
	"POST /chats/:chat/events/retry":      {path: inChat + "/events/retry", form: "custom_id=C1", bad: "custom_id=", needs: true},
	"POST /chats/:chat/events/discard":    {path: inChat + "/events/discard", form: "custom_id=C1", bad: "custom_id=%20", needs: true},
	"POST /chats/:chat/typing":            {path: inChat + "/typing", form: "on=true&visibility=agents", bad: "on=perhaps", needs: true},
	"POST /chats/:chat/viewing":           {path: inChat + "/viewing", form: "on=true", bad: "on=perhaps"},
	"POST /chats/:chat/keep-open":         {path: inChat + "/keep-open"},
	"POST /chats/:chat/draft":             {path: inChat + "/draft", form: "text=half+a&visibility=agents", bad: "text=%ff"},
	"POST /chats/:chat/unread":            {path: inChat + "/unread"},
	"GET /palette":                        {path: "/palette?q=anna", bad: "?q=%ff", not: 400},
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
	"POST /chats/:chat/postback":          {path: inChat + "/postback", form: "thread_id=THREADNEW1&event_id=E1&postback_id=yes&toggled=false", bad: "thread_id=THREADNEW1&event_id=E1&postback_id=yes&toggled=perhaps", needs: true},
	"POST /chats/:chat/preview":           {path: inChat + "/preview", form: "text=half+a+wo", bad: "text=%ff", needs: true},
	"POST /chats/:chat/set-access":        {path: inChat + "/set-access", form: "group=1", bad: "group=one", needs: true},
	"POST /chats/:chat/summary":           {path: inChat + "/summary", needs: true},
	"POST /chats/:chat/thinking":          {path: inChat + "/thinking", form: "title=Looking+into+it", bad: "title=%ff", needs: true},
	"POST /status":                        {path: "/status", form: "status=not_accepting_chats", bad: "status=asleep", needs: true},
	"POST /away":                          {path: "/away", form: "on=true", bad: "on=perhaps", needs: true},
	"POST /here":                          {path: "/here"},
	"POST /preview":                       {path: "/preview", form: "on=true", bad: "on=", needs: true},
	"POST /reconnect":                     {path: "/reconnect"},
	"GET /me":                             {path: "/me?saved=look"},
	"POST /me":                            {path: "/me", form: "part=work&send=ctrl&focus=&typing=1&away_after=10", bad: "part=work&away_after=soon"},
	"GET /me/devices":                     {path: "/me/devices"},
	"POST /me/devices":                    {path: "/me/devices", form: "endpoint=https%3A%2F%2Fpush.example%2Fx&auth=AAAAAAAAAAAAAAAAAAAAAA&p256dh=B" + strings.Repeat("A", 86), bad: "endpoint=https%3A%2F%2F10.0.0.1%2Fx&auth=AAAAAAAAAAAAAAAAAAAAAA&p256dh=B" + strings.Repeat("A", 86)},
	"POST /me/devices/remove":             {path: "/me/devices/remove", form: "endpoint=https%3A%2F%2Fpush.example%2Fx", bad: "endpoint=%00"},
	"GET /sw.js":                          {path: "/sw.js"},
	"POST /me/sessions/end":               {path: "/me/sessions/end", form: "session=ab12", bad: "session=%00"},
	"POST /me/sessions/end-others":        {path: "/me/sessions/end-others"},
	"GET /archives":                       {path: "/archives?query=password&from=2026-11-01&to=2026-11-21&agent=a&group=0&tag=t", bad: "?from=yesterday", needs: true},
	"GET /inspector":                      {path: "/inspector?kind=push&action=incoming_event", bad: "?kind=nonsense", not: 400},
	"GET /inspector/:frame":               {path: "/inspector/1", bad: "?format=pdf", not: 400},
	"POST /inspector/:frame/resend":       {path: "/inspector/1/resend", form: "payload={}", bad: "payload=nonsense", needs: true},
	"GET /archives/export":                {path: "/archives/export?chat=" + chatOpen + "&thread=" + threadOld, bad: "?format=pdf", not: 400, needs: true},
	"GET /archives/:chat/:thread":         {path: "/archives/" + chatOpen + "/" + threadOld, needs: true},

	"POST /chats/:chat/threads/:thread/events/:event/properties":        {path: inEvent + "/properties", form: "namespace=desk&name=note&value=x", bad: "namespace=desk", needs: true},
	"POST /chats/:chat/threads/:thread/events/:event/properties/remove": {path: inEvent + "/properties/remove", form: "namespace=desk&name=note", bad: "name=note", needs: true},

	"GET /chats/:chat/history":               {path: inChat + "/history", bad: "?before=%00", not: 400, needs: true},
	"POST /customers/:customer/notes":        {path: "/customers/" + customer + "/notes", form: "text=Calls+at+noon&chat=" + chatOpen, bad: "text=+&chat=" + chatOpen},
	"POST /customers/:customer/notes/remove": {}, // TestNotes

	"POST /customers/:customer":          {path: ofCustomer, form: "name=Carla", bad: "name=", needs: true},
	"POST /customers/:customer/fields":   {path: ofCustomer + "/fields", form: "field=size&value=M&field=&value=&chat=" + chatOpen, bad: "field=size&chat=" + chatOpen, needs: true},
	"POST /customers/:customer/ban":      {path: ofCustomer + "/ban", form: "days=3&chat=" + chatOpen, bad: "days=0&chat=" + chatOpen, needs: true},
	"POST /customers/:customer/unban":    {path: ofCustomer + "/unban", needs: true},
	"POST /customers/:customer/follow":   {path: ofCustomer + "/follow", form: "chat=" + chatOpen, needs: true},
	"POST /customers/:customer/unfollow": {path: ofCustomer + "/unfollow", needs: true},

	"GET /customers/:customer": {path: "/customers/" + customer, needs: true},
	"GET /customers":           {path: "/customers?name=Carla&group=0", bad: "?group=x", not: 400, needs: true},
	"POST /customers/add":      {path: "/customers/add", form: "name=Zoe&email=&field=size&value=M&field=&value=", bad: "name=&email=zoe", needs: true},
	"POST /customers/chat":     {path: "/customers/chat", form: "customer_id=" + customer, bad: "customer_id=", needs: true},

	"POST /team/picture":            {path: "/team/picture", form: "do=remove", bad: "do=", needs: true},
	"POST /team/phone":              {path: "/team/phone", form: "firebase_token=8daDAD9&platform=ios&do=on", bad: "firebase_token=&platform=ios&do=on", needs: true},
	"POST /settings/agents/picture": {path: "/settings/agents/picture", form: "agent_id=ben@example.com&do=remove", bad: "agent_id=ben@example.com", needs: true},
	"POST /team/tell":               {path: "/team/tell", form: "text=The+printer+is+back&group=0", bad: "text=%20&group=0", needs: true},
	"GET /team":                     {path: "/team"},
	"GET /reports":                  {path: "/reports?period=month&group=0&agent=anna%40example.com", bad: "?period=always", needs: true},
	"GET /reports/export":           {path: "/reports/export?table=days", bad: "?table=hours", not: 400, needs: true},
	"POST /team/status":             {path: "/team/status", form: "agent_id=ben@example.com&status=not_accepting_chats", bad: "agent_id=ben@example.com&status=asleep", needs: true},

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

	"POST /settings/waiting":        {path: "/settings/waiting", form: "group=-1&warn=30&late=90", bad: "group=-1&warn=90&late=30"},
	"POST /settings/waiting/remove": {path: "/settings/waiting/remove", form: "group=1", bad: "group=x"},
	"POST /settings/bots":           {path: "/settings/bots", form: "name=Helper", bad: "name=", needs: true},
	"POST /settings/bots/remove":    {path: "/settings/bots/remove", form: "id=b1", bad: "id=", needs: true},
	"POST /settings/bots/token":     {path: "/settings/bots/token", form: "id=b1", ok: 200, bad: "id=%00", needs: true},
	"POST /settings/canned":         {path: "/settings/canned", form: "text=Thank+you&tag=%23thanks&group=0", bad: "text=%20&tag=thanks&group=0", needs: true},
	"GET /chats/:chat/canned":       {path: inChat + "/canned?q=hi"},
	"GET /canned":                   {path: "/canned?q=hi"},
	"POST /canned/save":             {path: "/canned/save", form: "words=%23hi&text=Hello&for=me", bad: "words=&text=Hello"},
	"POST /canned/delete":           {}, // TestCannedIsKept
	"POST /canned/files":            {}, // TestCannedFiles
	"POST /canned/files/remove":     {}, // TestCannedFiles
	"POST /canned/import":           {}, // TestCannedImport
	"POST /canned/take-over":        {path: "/canned/take-over", needs: true},
	"GET /canned/export":            {path: "/canned/export?format=csv", bad: "?format=pdf", not: 400},
	"POST /settings/canned/remove":  {path: "/settings/canned/remove", form: "id=7", bad: "id=seven", needs: true},

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
