package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// access is what a route asks of the browser.
type access int

const (
	open   access = iota // nothing
	page                 // a session: a browser without one goes to the sign-in page
	answer               // a session: without one the answer is 401
)

// route is one line of the table below.
type route struct {
	method string
	path   string
	access access
	handle echo.HandlerFunc
}

const (
	get  = http.MethodGet
	post = http.MethodPost
)

// routes is everything this server answers, below the base path. GET never
// changes anything; every POST has passed the origin check of package auth.
func (s *Server) routes() []route {
	return []route{
		// Coming and going.
		{get, "/", page, s.showHome},
		{get, "/login", open, s.showSignIn},
		{post, "/login", open, s.signIn},
		{post, "/logout", open, s.signOut},

		// The inbox.
		{get, "/chats", page, s.showInbox},
		{post, "/chats/bulk", page, s.bulk},
		{get, "/views", page, s.showViews},
		{post, "/views", page, s.saveView},
		{post, "/views/remove", page, s.deleteView},
		{post, "/views/raise", page, s.raiseView},
		{get, "/chats/:chat", page, s.showChat},
		{get, "/chats/:chat/threads/:thread", page, s.showThread},
		{get, "/chats/:chat/history", page, s.showHistory},
		{get, "/chats/:chat/transfer", page, s.showTransfer},
		{get, "/palette", answer, s.showPalette},

		// What is said.
		{post, sendPath, page, s.send},
		{post, "/chats/:chat/events/retry", page, s.act(retry)},
		{post, "/chats/:chat/events/discard", page, s.act(discard)},
		{post, "/chats/:chat/typing", page, s.act(typing)},
		{post, "/chats/:chat/preview", page, s.act(preview)},
		{post, seenPath, page, s.act(seen)},
		{post, "/chats/:chat/unread", page, s.act(markUnread)},
		{post, viewingPath, page, s.act(viewing)},
		{post, "/chats/:chat/draft", page, s.keepDraft},
		{get, "/chats/:chat/canned", page, s.showChoice},
		{post, eventPath + "/properties", page, s.onEvent(setEventProperty)},
		{post, eventPath + "/properties/remove", page, s.onEvent(deleteEventProperty)},

		// What happens to a chat.
		{post, "/chats/:chat/deactivate", page, s.act(deactivate)},
		{post, "/chats/:chat/keep-open", page, s.act(keepOpen)},
		{post, "/chats/:chat/resume", page, s.act(resume)},
		{post, "/chats/:chat/take", page, s.act(take)},
		{post, "/chats/:chat/transfer", page, s.transfer},
		{post, "/chats/:chat/users", page, s.act(addUser)},
		{post, "/chats/:chat/users/remove", page, s.act(removeUser)},
		{post, "/chats/:chat/follow", page, s.act(follow)},
		{post, "/chats/:chat/unfollow", page, s.act(unfollow)},
		{post, "/chats/:chat/tags", page, s.act(tag)},
		{post, "/chats/:chat/tags/remove", page, s.act(untag)},
		{post, "/chats/:chat/properties", page, s.act(setProperty)},
		{post, "/chats/:chat/properties/remove", page, s.act(deleteProperty)},
		{post, "/chats/:chat/give-access", page, s.act(giveAccess)},
		{post, "/chats/:chat/take-access", page, s.act(takeAccess)},
		{post, "/chats/:chat/set-access", page, s.act(setAccess)},
		{post, "/chats/:chat/postback", page, s.act(postback)},
		{post, "/chats/:chat/summary", page, s.act(summary)},
		{post, "/chats/:chat/thinking", page, s.act(thinking)},

		// The agent.
		{post, "/status", page, s.choose(ownStatus)},
		{post, "/away", page, s.choose(away)},
		{post, "/here", page, s.choose(here)},
		{post, "/preview", page, s.choose(showPreview)},
		{post, "/reconnect", page, s.reconnect},
		{get, "/me", page, s.showMe},
		{post, "/me", page, s.setPreferences},
		{get, "/me/devices", page, s.showPush},
		{post, "/me/devices", page, s.addDevice},
		{post, "/me/devices/remove", page, s.removeDevice},
		{post, "/me/sessions/end", page, s.endSession},
		{post, "/me/sessions/end-others", page, s.endOthers},

		// The archives.
		{get, "/archives", page, s.showArchives},
		{get, "/archives/export", page, s.export},
		{get, "/archives/:chat/:thread", page, s.showTranscript},

		// The customers.
		{get, customersPath, page, s.showCustomers},
		{get, customerPath, page, s.showCustomer},
		{post, customerPath, page, s.onCustomer(updateCustomer, keepCustomer)},
		{post, "/customers/:customer/fields", page, s.onCustomer(sessionFields, keepSession)},
		{post, "/customers/:customer/ban", page, s.onCustomer(banCustomer, nil)},
		{post, "/customers/:customer/unban", page, s.unban},
		{post, "/customers/:customer/follow", page, s.onCustomer(followCustomer, nil)},
		{post, "/customers/:customer/unfollow", page, s.onCustomer(unfollowCustomer, nil)},
		{post, "/customers/:customer/notes", page, s.saveNote},
		{post, "/customers/:customer/notes/remove", page, s.deleteNote},
		{post, "/customers/chat", page, s.chatWith},
		{post, "/customers/add", page, s.addCustomer},

		// The team.
		{get, "/team", page, s.showTeam},
		{post, "/team/status", page, s.onTeam(teamStatus)},
		{post, "/team/tell", page, s.onTeam(tell)},
		{post, ownPicturePath, page, s.ownPicture},
		{post, "/team/phone", page, s.onTeam(phone)},

		// The reports.
		{get, "/reports", page, s.showReports},
		{get, "/reports/export", page, s.exportReport},

		// What administrators set up.
		{get, "/settings", page, s.showSettings},
		{post, "/settings/agents", page, s.set(changeAgent)},
		{post, "/settings/agents/suspend", page, s.set(suspendAgent)},
		{post, picturePath, page, s.agentPicture},
		{post, "/settings/groups", page, s.set(createGroup)},
		{post, "/settings/groups/rename", page, s.set(renameGroup)},
		{post, "/settings/groups/remove", page, s.set(deleteGroup)},
		{post, "/settings/tags", page, s.set(createTag)},
		{post, "/settings/tags/remove", page, s.set(deleteTag)},
		{post, "/settings/access", page, s.set(addAccessRule)},
		{post, "/settings/access/remove", page, s.set(deleteAccessRule)},
		{post, "/settings/bans/remove", page, s.set(liftBan)},
		{post, "/settings/waiting", page, s.setLimit},
		{post, "/settings/waiting/remove", page, s.dropLimit},
		{post, "/settings/bots", page, s.set(createBot)},
		{post, "/settings/bots/remove", page, s.set(deleteBot)},
		{post, "/settings/bots/token", page, s.botToken},
		{post, "/settings/canned", page, s.set(addCanned)},
		{post, "/settings/canned/remove", page, s.set(deleteCanned)},

		// Canned responses of the dashboard's own.
		{get, "/canned", page, s.showCanned},
		{post, "/canned/save", page, s.saveCanned},
		{post, "/canned/delete", page, s.deleteOwnCanned},
		{post, cannedFilesPath, page, s.addCannedFile},
		{post, "/canned/files/remove", page, s.deleteCannedFile},
		{post, cannedImportPath, page, s.importCanned},
		{post, "/canned/take-over", page, s.takeOver},
		{get, "/canned/export", page, s.exportCanned},

		// The connection.
		{get, inspectorPath, page, s.showInspector},
		{get, "/inspector/:frame", page, s.showFrame},
		{post, "/inspector/:frame/resend", page, s.resend},

		// The stream.
		{get, streamPath, answer, s.stream},
		{http.MethodHead, streamPath, answer, s.canStream},

		// Files of the pages, and what operators ask.
		{get, staticPath, open, s.asset},
		{get, "/sw.js", open, s.serviceWorker},
		{get, "/healthz", open, s.health},
		{get, "/readyz", open, s.ready},
		{get, metricsPath, open, s.metrics},
	}
}

const (
	sendPath    = "/chats/:chat/events"
	eventPath   = "/chats/:chat/threads/:thread/events/:event"
	streamPath  = "/events"
	staticPath  = "/static/*"
	metricsPath = "/metrics"

	inspectorPath = "/inspector"

	seenPath, viewingPath = "/chats/:chat/seen", "/chats/:chat/viewing"

	customersPath, customerPath = "/customers", "/customers/:customer"

	cannedFilesPath, cannedImportPath = "/canned/files", "/canned/import"

	picturePath    = "/settings/agents/picture"
	ownPicturePath = "/team/picture"
)

// build hangs the table into echo, each route behind the same chain. A page
// answers HEAD as it answers GET.
func (s *Server) build() {
	e := s.echo
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = s.peerOf
	e.HTTPErrorHandler = s.fail
	e.Use(s.identify, s.observe, s.recoverPanic, s.protect)
	s.rooms = map[string]bool{}
	for _, r := range s.routes() {
		s.rooms[firstPart(r.path)] = true
		handle := s.limit(r, s.admit(r, r.handle))
		if r.path != streamPath {
			handle = compress(handle)
		}
		e.Add(r.method, r.path, handle)
		if r.method == get && r.path != streamPath {
			e.HEAD(r.path, handle)
		}
	}
}

// Serves reports whether a path below the base path leads to a route of the
// dashboard, judged by its first part. It is safe for concurrent use.
func (s *Server) Serves(path string) bool { return s.rooms[firstPart(path)] }

func firstPart(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return first
}
